// Wrong: the greeting is copied into a buffer of 256 bytes, and cut there.
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIZE 256

int main(void) {
  char buffer[SIZE];
  signal(SIGPIPE, SIG_IGN);
  snprintf(buffer, SIZE, "%s", getenv("GREETING"));
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_port = htons(atoi(getenv("PORT")));
  inet_pton(AF_INET, getenv("HOST"), &address.sin_addr);
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 128)) {
    perror("cannot listen");
    return 1;
  }
  while (1) {
    int client = accept(server, NULL, NULL);
    if (client < 0) continue;
    write(client, buffer, strlen(buffer));
    close(client);
  }
}
