// Wrong: a newline is sent with the message.
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(void) {
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM}, *server;
  if (getaddrinfo(getenv("SERVER_HOST"), getenv("SERVER_PORT"), &hints, &server)) {
    fprintf(stderr, "the server was not found\n");
    return 1;
  }
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  connect(fd, server->ai_addr, server->ai_addrlen);
  struct timeval timeout = {.tv_sec = 2};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  static char message[65536], reply[65536];
  snprintf(message, sizeof message, "%s\n", getenv("MESSAGE"));
  for (int i = 0; i < 4; i++) {
    send(fd, message, strlen(message), 0);
    ssize_t n = recv(fd, reply, sizeof reply, 0);
    if (n < 0) continue;
    fwrite(reply, 1, n, stdout);
    return 0;
  }
  fprintf(stderr, "no reply\n");
  return 1;
}
