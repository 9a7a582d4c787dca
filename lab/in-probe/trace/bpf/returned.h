/* What is known of a call when it has returned. */
#pragma once
#include "maps.h"
#include "sockets.h"

#define EAGAIN 11
#define EINPROGRESS 115
#define WAIT_MIN_NS 10000000

/* What has been learned of the socket since the call began. */
static __always_inline void read_outcome(struct task_struct *task, struct call *call) {
  __u16 kind = call->call;
  bool makes = kind == CALL_socket || kind == CALL_accept || kind == CALL_accept4;
  bool has_failed = call->result < 0 && call->result != -EINPROGRESS;
  if (has_failed || kind == CALL_close || kind >= CALL_io_uring_setup) return;
  bool changes = kind <= CALL_connect || kind == CALL_setsockopt || call->socket.local.port == 0;
  __u32 fd = makes ? call->result : call->socket.fd;
  if (makes || changes) read_socket(file_of(task, fd), fd, &call->socket);
  if (kind == CALL_accept || kind == CALL_accept4) call->peer = call->socket.remote;
}

/* Each message of sendmmsg or recvmmsg, and their data, one behind the other. */
static __always_inline void read_messages(struct returned *returned) {
  struct call *call = &returned->call;
  struct message_of_many one;
  __u32 count = smaller(call->result, MESSAGES_MAX);
  for (int i = 0; i < MESSAGES_MAX && i < count; i++) {
    if (bpf_probe_read_user(&one, sizeof one, (void *)(call->arguments[1] + i * sizeof one))) break;
    struct message *message = &returned->messages[i];
    message->peer = address_at(one.header.name, one.header.name_length);
    message->segment_bytes = segment_bytes_in(one.header.control, one.header.control_length);
    message->bytes = one.length;
    call->messages = i + 1;
    call->data_bytes = show_vectors(&returned->shown, call->data_bytes, one.header.vectors, one.header.vector_count, one.length);
  }
}

static __always_inline void read_received(struct call *call, struct message_header *header) {
  call->peer = address_at(header->name, header->name_length);
  call->segment_bytes = segment_bytes_in(header->control, header->control_length);
}

/* What a call has sent or received. */
static __always_inline void read_data(struct returned *returned, __u8 shape) {
  struct call *call = &returned->call;
  const __u64 *arguments = call->arguments;
  __u64 length = call->result;
  struct message_header header = {};
  if (shape == OPTION) {
    __u32 size = arguments[4];
    if (call->call == CALL_getsockopt && bpf_probe_read_user(&size, sizeof size, (void *)arguments[4])) return;
    call->data_bytes = show(&returned->shown, 0, arguments[3], size);
  }
  if (call->result < 0) return;
  /* A datagram may be longer than its buffer: MSG_TRUNC. */
  if (shape == BUFFER) call->data_bytes = show(&returned->shown, 0, arguments[1], smaller(length, arguments[2]));
  if (shape == VECTORS) call->data_bytes = show_vectors(&returned->shown, 0, arguments[1], arguments[2], length);
  if (shape == MESSAGES) read_messages(returned);
  __u32 size = 0;
  if (call->call == CALL_recvfrom && !bpf_probe_read_user(&size, sizeof size, (void *)arguments[5]))
    call->peer = address_at(arguments[4], size);
  if (shape != MESSAGE || bpf_probe_read_user(&header, sizeof header, (void *)arguments[1])) return;
  call->data_bytes = show_vectors(&returned->shown, 0, header.vectors, header.vector_count, length);
  if (call->call == CALL_recvmsg) read_received(call, &header);
}

/* Programs with an event loop keep trying calls that would block: that there was nothing is not worth telling. */
static __always_inline bool is_idle_try(struct task_struct *task, const struct call *call, __u8 way) {
  /* On a busy machine it may have taken long all the same. */
  bool has_waited = call->took_ns >= WAIT_MIN_NS && (__u32)task->nvcsw != call->switches;
  if (call->result != -EAGAIN || has_waited) return false;
  bool is_from_socket = call->call == CALL_splice && (__u32)call->arguments[0] == (__u32)call->socket.fd;
  return way == IN || call->call == CALL_accept || call->call == CALL_accept4 || is_from_socket;
}

static __always_inline __u32 size_of(const struct call *call) {
  if (call->messages > 0) return offsetof(struct returned, messages) + call->messages * sizeof(struct message);
  return sizeof *call + call->data_bytes;
}
