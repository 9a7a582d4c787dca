// Wrong: the program goes into the background, as daemons do, and its host ends with it.
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  char *greeting = getenv("GREETING");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY};
  address.sin_port = htons(atoi(getenv("PORT")));
  signal(SIGPIPE, SIG_IGN);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 128)) return 1;
  if (fork() > 0) return 0;
  setsid();
  for (;;) {
    int client = accept(fd, NULL, NULL);
    if (client < 0) continue;
    send(client, greeting, strlen(greeting), 0);
    close(client);
  }
}
