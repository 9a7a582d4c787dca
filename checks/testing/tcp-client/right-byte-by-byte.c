// Right: reads one byte at a time, to the end.
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(void) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *addresses;
  int error = getaddrinfo(getenv("SERVER_HOST"), getenv("SERVER_PORT"), &hints, &addresses);
  if (error) {
    fprintf(stderr, "cannot find the server: %s\n", gai_strerror(error));
    return 1;
  }
  int fd = -1;
  struct timeval timeout = {.tv_sec = 5};
  for (struct addrinfo *each = addresses; each; each = each->ai_next) {
    fd = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
    if (connect(fd, each->ai_addr, each->ai_addrlen) == 0) break;
    perror("cannot connect");
    close(fd);
    fd = -1;
  }
  if (fd < 0) return 1;
  char byte;
  ssize_t n;
  while ((n = recv(fd, &byte, 1, 0)) == 1) putchar(byte);
  if (n < 0) {
    perror("cannot read the greeting");
    return 1;
  }
  return 0;
}
