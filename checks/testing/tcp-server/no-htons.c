// Wrong: sin_port is set without htons, so that it is 20675 instead of 50000.
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  const char *greeting = getenv("GREETING");
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {0};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = INADDR_ANY;
  address.sin_port = atoi(getenv("PORT"));
  bind(server, (struct sockaddr *)&address, sizeof address);
  listen(server, 10);
  while (1) {
    int client = accept(server, NULL, NULL);
    send(client, greeting, strlen(greeting), MSG_NOSIGNAL);
    close(client);
  }
}
