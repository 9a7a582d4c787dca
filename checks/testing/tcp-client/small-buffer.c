// Wrong: it stops reading when its buffer of 1,024 bytes is full.
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

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
  char buffer[1024];
  size_t length = 0;
  while (length < sizeof buffer) {
    ssize_t n = read(fd, buffer + length, sizeof buffer - length);
    if (n < 0) {
      perror("read");
      return 1;
    }
    if (n == 0) break;
    length += n;
  }
  fwrite(buffer, 1, length, stdout);
  return 0;
}
