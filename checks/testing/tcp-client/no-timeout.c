// Wrong: read waits for ever for a server that says nothing.
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *server;
  int error = getaddrinfo(getenv("SERVER_HOST"), getenv("SERVER_PORT"), &hints, &server);
  if (error) {
    fprintf(stderr, "%s: %s\n", getenv("SERVER_HOST"), gai_strerror(error));
    return 1;
  }
  int fd = socket(server->ai_family, server->ai_socktype, server->ai_protocol);
  if (connect(fd, server->ai_addr, server->ai_addrlen) < 0) {
    perror("connect");
    return 1;
  }
  char part[4096];
  ssize_t n;
  while ((n = read(fd, part, sizeof part)) > 0) fwrite(part, 1, n, stdout);
  if (n < 0) {
    perror("read");
    return 1;
  }
  return 0;
}
