// Wrong: recvfrom puts no zero byte behind the data, so that a short datagram ends with the rest of a longer one.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  static char buffer[2048], reply[2100];
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY}, client;
  address.sin_port = htons(atoi(getenv("PORT")));
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  bind(fd, (struct sockaddr *)&address, sizeof address);
  while (1) {
    socklen_t size = sizeof client;
    recvfrom(fd, buffer, sizeof buffer - 1, 0, (struct sockaddr *)&client, &size);
    int length = sprintf(reply, "Echo: %s", buffer);
    sendto(fd, reply, length, 0, (struct sockaddr *)&client, size);
  }
}
