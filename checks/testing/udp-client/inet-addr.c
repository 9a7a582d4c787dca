// Wrong: inet_addr is given a name, and returns 255.255.255.255 for it.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(void) {
    char *message = getenv("MESSAGE");
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(getenv("SERVER_PORT")))};
    server.sin_addr.s_addr = inet_addr(getenv("SERVER_HOST"));
    int client = socket(AF_INET, SOCK_DGRAM, 0);
    for (int seconds = 1; seconds <= 4; seconds *= 2) {
        struct timeval timeout = {.tv_sec = seconds};
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
        if (sendto(client, message, strlen(message), 0, (struct sockaddr *)&server, sizeof server) < 0) {
            perror("sendto");
            return 1;
        }
        char reply[65536];
        ssize_t length = recv(client, reply, sizeof reply, 0);
        if (length < 0)
            continue;
        write(STDOUT_FILENO, reply, length);
        return 0;
    }
    fprintf(stderr, "no reply\n");
    return 1;
}
