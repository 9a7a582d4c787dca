// Wrong: nobody ignores SIGPIPE, which ends the program when it writes to a client that has gone.
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(void) {
  char *greeting = getenv("GREETING");
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
  addr.sin_port = htons(atoi(getenv("PORT")));
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(fd, (struct sockaddr *)&addr, sizeof addr) || listen(fd, 128)) return 1;
  while (1) {
    int conn = accept(fd, NULL, NULL);
    for (char *c = greeting; *c; c++) write(conn, c, 1);
    close(conn);
  }
}
