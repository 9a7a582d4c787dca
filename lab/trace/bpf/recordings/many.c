/* Several messages at once, and segments: see python-and-c.py. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/udp.h>
#include <sys/socket.h>

static struct sockaddr_in own = { AF_INET };

static void send_and_receive_two(int fd) {
  struct iovec given[] = { { "one", 3 }, { "three", 5 } };
  struct mmsghdr sent[] = { { { &own, sizeof own, &given[0], 1 } }, { { &own, sizeof own, &given[1], 1 } } };
  sendmmsg(fd, sent, 2, 0);
  char buffers[2][64];
  struct sockaddr_in senders[2];
  struct iovec rooms[] = { { buffers[0], 64 }, { buffers[1], 64 } };
  struct mmsghdr received[] = { { { &senders[0], sizeof own, &rooms[0], 1 } }, { { &senders[1], sizeof own, &rooms[1], 1 } } };
  recvmmsg(fd, received, 2, MSG_DONTWAIT, 0);
}

static void send_in_segments(int fd) {
  int of_socket = 4;
  setsockopt(fd, SOL_UDP, UDP_SEGMENT, &of_socket, sizeof of_socket);
  char control[CMSG_SPACE(2)] = { 0 };
  struct iovec given = { "three", 5 };
  struct msghdr message = { &own, sizeof own, &given, 1, control, sizeof control };
  struct cmsghdr *own_segment = CMSG_FIRSTHDR(&message);
  *own_segment = (struct cmsghdr){ CMSG_LEN(2), SOL_UDP, UDP_SEGMENT };
  *(short *)CMSG_DATA(own_segment) = 2;
  sendmsg(fd, &message, 0);
}

int main(void) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  own.sin_port = htons(6000);
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bind(fd, (struct sockaddr *)&own, sizeof own);
  send_and_receive_two(fd);
  send_in_segments(fd);
  connect(fd, &(struct sockaddr){ AF_UNSPEC }, sizeof(struct sockaddr));
}
