// Wrong: sizeof of a pointer is 8, whatever it points to.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
  char *greeting = getenv("GREETING");
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
  addr.sin_port = htons(atoi(getenv("PORT")));
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof addr);
  listen(fd, 16);
  while (1) {
    int conn = accept(fd, NULL, NULL);
    if (conn < 0) continue;
    write(conn, greeting, sizeof(greeting));
    close(conn);
  }
}
