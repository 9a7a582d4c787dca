// Wrong: the zero byte of the C string is sent with the message.
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(void) {
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM}, *server;
  int error = getaddrinfo(getenv("SERVER_HOST"), getenv("SERVER_PORT"), &hints, &server);
  if (error) {
    fprintf(stderr, "%s\n", gai_strerror(error));
    return 1;
  }
  int fd = socket(server->ai_family, server->ai_socktype, 0);
  connect(fd, server->ai_addr, server->ai_addrlen);
  const char *message = getenv("MESSAGE");
  static char reply[65536];
  struct pollfd readable = {.fd = fd, .events = POLLIN};
  for (int i = 0; i < 4; i++) {
    send(fd, message, strlen(message) + 1, 0);
    if (poll(&readable, 1, 2000) != 1) continue;
    ssize_t n = recv(fd, reply, sizeof reply, 0);
    if (n < 0) continue;
    printf("%.*s\n", (int)n, reply);
    return 0;
  }
  fprintf(stderr, "no reply\n");
  return 1;
}
