// Right: a process for each client.
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void greet(int client, const char *greeting, size_t length) {
  while (length > 0) {
    ssize_t sent = send(client, greeting, length, MSG_NOSIGNAL);
    if (sent < 0) return;
    greeting += sent;
    length -= sent;
  }
}

int main(void) {
  const char *greeting = getenv("GREETING");
  if (!greeting) greeting = "Hello, client! Connection established.";
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_port = htons(atoi(getenv("PORT")));
  inet_pton(AF_INET, getenv("HOST"), &address.sin_addr);
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128)) {
    perror("cannot listen");
    return 1;
  }
  signal(SIGCHLD, SIG_IGN);  // nobody waits for the children
  while (1) {
    int client = accept(server, NULL, NULL);
    if (client < 0) continue;
    if (fork() == 0) {
      close(server);
      greet(client, greeting, strlen(greeting));
      _exit(0);
    }
    close(client);
  }
}
