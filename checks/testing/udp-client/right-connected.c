// Right: connected, so that the kernel refuses what comes from elsewhere, with a timeout for each try.
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static long now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int main(void) {
  const char *message = getenv("MESSAGE");
  size_t length = strlen(message);
  struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM}, *server;
  int error = getaddrinfo(getenv("SERVER_HOST"), getenv("SERVER_PORT"), &hints, &server);
  if (error) {
    fprintf(stderr, "cannot find the server: %s\n", gai_strerror(error));
    return 1;
  }
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (connect(fd, server->ai_addr, server->ai_addrlen)) {
    perror("connect");
    return 1;
  }
  static char reply[65536];
  struct pollfd readable = {.fd = fd, .events = POLLIN};
  for (long wait = 1000; wait <= 4000; wait *= 2) {
    long deadline = now_ms() + wait, left;
    send(fd, message, length, 0);
    while ((left = deadline - now_ms()) > 0 && poll(&readable, 1, left) == 1) {
      ssize_t n = recv(fd, reply, sizeof reply, 0);
      if (n < 0 || (size_t)n != length + 6) continue;
      if (memcmp(reply, "Echo: ", 6) || memcmp(reply + 6, message, length)) continue;
      fwrite(reply, 1, n, stdout);
      return 0;
    }
  }
  fprintf(stderr, "no reply\n");
  return 1;
}
