// Wrong: the rest of a datagram that is longer than the buffer is lost.
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  char buffer[512] = "Echo: ";
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY}, client;
  address.sin_port = htons(atoi(getenv("PORT")));
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
  for (;;) {
    socklen_t size = sizeof client;
    ssize_t n = recvfrom(fd, buffer + 6, sizeof buffer - 6, 0, (struct sockaddr *)&client, &size);
    if (n >= 0) sendto(fd, buffer, n + 6, 0, (struct sockaddr *)&client, size);
  }
}
