// Wrong: a semicolon is missing.
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(void) {
  int server = socket(AF_INET, SOCK_STREAM, 0)
  listen(server, 10);
  int client = accept(server, NULL, NULL);
  send(client, getenv("GREETING"), strlen(getenv("GREETING")), 0);
}
