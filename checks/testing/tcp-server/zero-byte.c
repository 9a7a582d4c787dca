// Wrong: strlen(greeting) + 1 sends the zero byte of the C string, too.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main() {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(atoi(getenv("PORT")));
  addr.sin_addr.s_addr = inet_addr(getenv("HOST"));
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    perror("bind");
    return 1;
  }
  listen(fd, 5);
  for (;;) {
    int conn = accept(fd, NULL, NULL);
    char *greeting = getenv("GREETING");
    write(conn, greeting, strlen(greeting) + 1);
    close(conn);
  }
}
