/* What the kernel knows of the descriptors of a task. */
#pragma once
#include "kernel.h"
#include "record.h"
#include "read-user.h"

#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_MPTCP 262

static __always_inline struct file *file_of(struct task_struct *task, __u32 fd) {
  struct fdtable *table = BPF_CORE_READ(task, files, fdt);
  if (fd >= BPF_CORE_READ(table, max_fds)) return NULL;
  struct file *file = NULL;
  bpf_probe_read_kernel(&file, sizeof file, BPF_CORE_READ(table, fd) + fd);
  return file;
}

static __always_inline struct address address_of(__u16 family, __be16 port, __be32 ipv4, struct in6_addr ipv6) {
  struct address address = { .family = family, .port = bpf_ntohs(port) };
  if (family == AF_INET6) __builtin_memcpy(address.bytes, &ipv6, sizeof ipv6);
  else __builtin_memcpy(address.bytes, &ipv4, sizeof ipv4);
  return address;
}

/* Those of a socket of TCP or UDP. @returns false for any other file */
static __always_inline bool read_socket(struct file *file, __s32 fd, struct socket_facts *facts) {
  if (!file || (BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK) return false;
  struct socket *socket = BPF_CORE_READ(file, private_data);
  struct sock *sock = BPF_CORE_READ(socket, sk);
  if (!sock) return false;
  __u16 family = BPF_CORE_READ(sock, __sk_common.skc_family);
  __u16 type = BPF_CORE_READ(sock, sk_type);
  __u16 protocol = BPF_CORE_READ(sock, sk_protocol);
  if (family != AF_INET && family != AF_INET6) return false;
  bool is_tcp = type == SOCK_STREAM && (protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP);
  bool is_udp = type == SOCK_DGRAM && protocol == IPPROTO_UDP;
  if (!is_tcp && !is_udp) return false;
  facts->fd = fd;
  facts->inode = BPF_CORE_READ(file, f_inode, i_ino);
  facts->protocol = is_tcp ? IPPROTO_TCP : IPPROTO_UDP;
  facts->state = BPF_CORE_READ(sock, __sk_common.skc_state);
  facts->segment_bytes = is_udp ? BPF_CORE_READ((struct udp_sock *)sock, gso_size) : 0;
  facts->local = address_of(family, BPF_CORE_READ((struct inet_sock *)sock, inet_sport),
                            BPF_CORE_READ(sock, __sk_common.skc_rcv_saddr), BPF_CORE_READ(sock, __sk_common.skc_v6_rcv_saddr));
  facts->remote = address_of(family, BPF_CORE_READ(sock, __sk_common.skc_dport),
                             BPF_CORE_READ(sock, __sk_common.skc_daddr), BPF_CORE_READ(sock, __sk_common.skc_v6_daddr));
  return true;
}

/* How much the program has not read, and its peer has not acknowledged, as in /proc/net/tcp: SYN and FIN count, too. */
static __always_inline void read_queues(struct file *file, struct socket_facts *facts) {
  if (facts->protocol != IPPROTO_TCP) return;
  struct socket *socket = BPF_CORE_READ(file, private_data);
  struct tcp_sock *tcp = (struct tcp_sock *)BPF_CORE_READ(socket, sk);
  __s32 unread = BPF_CORE_READ(tcp, rcv_nxt) - BPF_CORE_READ(tcp, copied_seq);
  facts->unread = unread > 0 ? unread : 0;
  facts->unacknowledged = BPF_CORE_READ(tcp, write_seq) - BPF_CORE_READ(tcp, snd_una);
}
