// Wrong: the reply is composed in a buffer that has no room for the prefix and a long datagram.
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  char message[1024], reply[1024] = "Echo: ";
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY}, client;
  address.sin_port = htons(atoi(getenv("PORT")));
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
  for (;;) {
    socklen_t size = sizeof client;
    ssize_t n = recvfrom(fd, message, sizeof message, 0, (struct sockaddr *)&client, &size);
    if (n < 0) continue;
    size_t length = n + 6 > sizeof reply ? sizeof reply : n + 6;
    memcpy(reply + 6, message, length - 6);
    sendto(fd, reply, length, 0, (struct sockaddr *)&client, size);
  }
}
