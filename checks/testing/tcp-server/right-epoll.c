// Right: one thread and epoll, sockets that do not block, and FIN only when all is sent.
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct client {
  int fd;
  size_t sent;
};

static const char *greeting;
static size_t length;

// Whether the client is done with.
static int serve(struct client *client) {
  while (client->sent < length) {
    ssize_t n = write(client->fd, greeting + client->sent, length - client->sent);
    if (n < 0) return errno != EAGAIN && errno != EINTR;
    client->sent += n;
  }
  return 1;
}

static void welcome(int server, int poll) {
  int fd = accept4(server, NULL, NULL, SOCK_NONBLOCK);
  if (fd < 0) return;
  struct client *client = calloc(1, sizeof *client);
  client->fd = fd;
  struct epoll_event event = {.events = EPOLLOUT, .data.ptr = client};
  epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  greeting = getenv("GREETING");
  length = strlen(greeting);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(getenv("PORT")))};
  inet_pton(AF_INET, getenv("HOST"), &address.sin_addr);
  int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, SOMAXCONN)) {
    perror("cannot listen");
    return 1;
  }
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN}, events[64];
  epoll_ctl(poll, EPOLL_CTL_ADD, server, &event);
  while (1) {
    int n = epoll_wait(poll, events, 64, -1);
    for (int i = 0; i < n; i++) {
      struct client *client = events[i].data.ptr;
      if (!client) {
        welcome(server, poll);
      } else if (serve(client)) {
        close(client->fd);
        free(client);
      }
    }
  }
}
