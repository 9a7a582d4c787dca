// Wrong: after fork only the child closes the connection, and the parent, which has it too, keeps it open.
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  char *greeting = getenv("GREETING");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY};
  address.sin_port = htons(atoi(getenv("PORT")));
  signal(SIGCHLD, SIG_IGN);
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128)) return 1;
  for (;;) {
    int client = accept(server, NULL, NULL);
    if (client < 0) continue;
    if (fork() == 0) {
      send(client, greeting, strlen(greeting), MSG_NOSIGNAL);
      close(client);
      _exit(0);
    }
  }
}
