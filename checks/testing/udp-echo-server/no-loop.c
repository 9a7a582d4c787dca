// Wrong: recvfrom is called once, so that the program ends after the first datagram.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  char message[4096] = "Echo: ";
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY}, client;
  socklen_t size = sizeof client;
  server.sin_port = htons(atoi(getenv("PORT")));
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  bind(fd, (struct sockaddr *)&server, sizeof server);
  puts("waiting for a message");
  ssize_t n = recvfrom(fd, message + 6, sizeof message - 6, 0, (struct sockaddr *)&client, &size);
  sendto(fd, message, n + 6, 0, (struct sockaddr *)&client, size);
  close(fd);
  return 0;
}
