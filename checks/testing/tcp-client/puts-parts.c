// Wrong: puts adds a newline behind each part.
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(void) {
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *server;
  if (getaddrinfo(getenv("SERVER_HOST"), getenv("SERVER_PORT"), &hints, &server)) {
    fprintf(stderr, "the server was not found\n");
    return 1;
  }
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct timeval timeout = {.tv_sec = 10};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  if (connect(fd, server->ai_addr, server->ai_addrlen)) {
    perror("connect");
    return 1;
  }
  static char buffer[8193];
  ssize_t n;
  while ((n = recv(fd, buffer, sizeof buffer - 1, 0)) > 0) {
    buffer[n] = 0;
    puts(buffer);
  }
  if (n < 0) {
    perror("recv");
    return 1;
  }
}
