/* What is known of a call when it begins. */
#pragma once
#include "kernel.h"
#include "read-user.h"
#include "record.h"
#include "sockets.h"
#include "traced.h"

#define SOL_SOCKET 1
#define SO_ERROR 4

/* Whether a call of `socket` is for TCP or UDP. */
static __always_inline bool makes_socket(const __u64 *arguments) {
  if (arguments[0] != AF_INET && arguments[0] != AF_INET6) return false;
  __u32 type = arguments[1] & 0xf, protocol = arguments[2];
  if (type == SOCK_STREAM) return protocol == 0 || protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP;
  return type == SOCK_DGRAM && (protocol == 0 || protocol == IPPROTO_UDP);
}

/* Whether a call is one to tell, as far as its arguments show; its socket is read. */
static __always_inline bool is_of_interest(struct task_struct *task, struct call *call) {
  const __u64 *arguments = call->arguments;
  if (call->call >= CALL_io_uring_setup) return true;
  if (call->call == CALL_socket) return makes_socket(arguments);
  if (call->call == CALL_getsockopt && ((__u32)arguments[1] != SOL_SOCKET || (__u32)arguments[2] != SO_ERROR)) return false;
  if (read_socket(file_of(task, arguments[0]), arguments[0], &call->socket)) return true;
  return call->call == CALL_splice && read_socket(file_of(task, arguments[2]), arguments[2], &call->socket);
}

/* What is known of a message before it is sent or received. */
static __always_inline void read_message(struct call *call, __u64 pointer) {
  struct message_header header = {};
  if (bpf_probe_read_user(&header, sizeof header, (void *)pointer)) return;
  call->requested_bytes = room_of(header.vectors, header.vector_count);
  if (call->call != CALL_sendmsg) return;
  call->peer = address_at(header.name, header.name_length);
  call->segment_bytes = segment_bytes_in(header.control, header.control_length);
}

/* And of several. */
static __always_inline void read_request_of_many(struct call *call) {
  struct message_of_many one;
  for (int i = 0; i < MESSAGES_MAX && i < call->arguments[2]; i++) {
    if (bpf_probe_read_user(&one, sizeof one, (void *)(call->arguments[1] + i * sizeof one))) break;
    call->requested_bytes += room_of(one.header.vectors, one.header.vector_count);
  }
}

/* What a call asks for; the memory of a program may change before it returns. */
static __always_inline void read_request(struct task_struct *task, struct call *call, __u8 shape) {
  const __u64 *arguments = call->arguments;
  if (shape == BUFFER) call->requested_bytes = arguments[2];
  if (call->call == CALL_connect) call->peer = call->socket.remote;
  /* The memory of another program cannot be read from here. */
  if (task->pid != (__u32)bpf_get_current_pid_tgid()) return;
  if (call->call == CALL_bind || call->call == CALL_connect) call->peer = address_at(arguments[1], arguments[2]);
  if (call->call == CALL_sendto) call->peer = address_at(arguments[4], arguments[5]);
  if (shape == VECTORS) call->requested_bytes = room_of(arguments[1], arguments[2]);
  if (shape == MESSAGE) read_message(call, arguments[1]);
  if (shape == MESSAGES) read_request_of_many(call);
}
