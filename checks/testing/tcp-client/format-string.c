// Wrong: what is received is printed as a format.
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(void) {
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
  if (getaddrinfo(getenv("SERVER_HOST"), getenv("SERVER_PORT"), &hints, &found) != 0) {
    fprintf(stderr, "the server was not found\n");
    return 1;
  }
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct timeval limit = {.tv_sec = 8};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
    perror("connect");
    return 1;
  }
  char part[1024];
  ssize_t length;
  while ((length = recv(fd, part, sizeof part - 1, 0)) > 0) {
    part[length] = '\0';
    printf(part);
  }
  if (length < 0) {
    perror("recv");
    return 1;
  }
}
