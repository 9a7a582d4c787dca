// Wrong: strlen on what was received stops at the first zero byte.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  char buffer[2048], reply[2100];
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY}, client;
  address.sin_port = htons(atoi(getenv("PORT")));
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    perror("bind");
    return 1;
  }
  while (1) {
    socklen_t size = sizeof client;
    ssize_t n = recvfrom(fd, buffer, sizeof buffer - 1, 0, (struct sockaddr *)&client, &size);
    if (n < 0) continue;
    buffer[n] = '\0';
    snprintf(reply, sizeof reply, "Echo: %s", buffer);
    sendto(fd, reply, strlen(reply), 0, (struct sockaddr *)&client, size);
  }
}
