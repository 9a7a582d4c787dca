// Wrong: inet_pton is given a name, and what it returns is not looked at.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(void) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(getenv("SERVER_PORT")))};
    inet_pton(AF_INET, getenv("SERVER_HOST"), &server.sin_addr);
    int client = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval timeout = {.tv_sec = 5};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    if (connect(client, (struct sockaddr *)&server, sizeof server) < 0) {
        perror("connect");
        return 1;
    }
    char buffer[1024];
    ssize_t length;
    while ((length = recv(client, buffer, sizeof buffer, 0)) > 0)
        write(STDOUT_FILENO, buffer, length);
    if (length < 0) {
        perror("recv");
        return 1;
    }
    close(client);
    return 0;
}
