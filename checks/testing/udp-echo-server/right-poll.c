// Right: poll with a handler of SIGTERM, and lengths that come from recvfrom.
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static volatile sig_atomic_t stopped;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

int main(void) {
  static char buffer[65536] = "Echo: ";
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_port = htons(atoi(getenv("PORT")));
  inet_pton(AF_INET, getenv("HOST"), &address.sin_addr);
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(fd, (struct sockaddr *)&address, sizeof address)) {
    perror("cannot bind");
    return 1;
  }
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  struct pollfd readable = {.fd = fd, .events = POLLIN};
  while (!stopped) {
    if (poll(&readable, 1, 1000) != 1) continue;
    struct sockaddr_in client;
    socklen_t size = sizeof client;
    ssize_t n = recvfrom(fd, buffer + 6, 65501, 0, (struct sockaddr *)&client, &size);
    if (n >= 0) sendto(fd, buffer, n + 6, 0, (struct sockaddr *)&client, size);
  }
  puts("stopped");
}
