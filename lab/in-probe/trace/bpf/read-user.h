/* Reads what a call points to in the memory of its program, which may be anything: nothing here trusts a length or a pointer. */
#pragma once
#include "kernel.h"
#include "record.h"

#define AF_INET 2
#define AF_INET6 10
#define SOL_UDP 17
#define UDP_SEGMENT 103
#define UDP_GRO 104
#define VECTORS_MAX 1024 /* UIO_MAXIOV */
#define SHOWN_VECTORS_MAX 8
#define CONTROLS_MAX 4

/* struct iovec, msghdr, mmsghdr and cmsghdr of a program of 64 bits (recvmsg(2), recvmmsg(2), cmsg(3)). */
struct vector {
  __u64 base, length;
};
struct message_header {
  __u64 name;
  __u32 name_length, unused;
  __u64 vectors, vector_count;
  __u64 control, control_length;
  __u32 flags, unused_too;
};
struct message_of_many {
  struct message_header header;
  __u32 length, unused;
};
struct control {
  __u64 length;
  __u32 level, type;
  __u32 value;
};

/* Data that is shown: twice as long as need be, so that each piece fits wherever it begins. */
struct shown {
  __u8 data[2 * DATA_MAX];
};

static __always_inline __u64 smaller(__u64 a, __u64 b) { return a < b ? a : b; }

/* @param length as the program or the kernel has set it: what is behind it means nothing */
static __always_inline struct address address_at(__u64 pointer, __u32 length) {
  struct {
    __u16 family;
    __be16 port;
    __u8 rest[24];
  } name = {};
  struct address address = {};
  length = smaller(length, sizeof name);
  if (bpf_probe_read_user(&name, length, (void *)pointer)) return address;
  address.family = name.family;
  if (name.family == AF_INET) __builtin_memcpy(address.bytes, name.rest, 4);
  if (name.family == AF_INET6) __builtin_memcpy(address.bytes, name.rest + 4, 16);
  if (name.family == AF_INET || name.family == AF_INET6) address.port = bpf_ntohs(name.port);
  return address;
}

/* How many bytes some vectors have room for, all together. */
__noinline __u64 room_of(__u64 vectors, __u64 count) {
  struct vector vector;
  __u64 total = 0;
  for (int i = 0; i < VECTORS_MAX && i < count; i++) {
    if (bpf_probe_read_user(&vector, sizeof vector, (void *)(vectors + i * sizeof vector))) break;
    total += vector.length;
  }
  return total;
}

/* Appends the beginning of a buffer. @returns how much there is now */
static __always_inline __u32 show(struct shown *shown, __u32 used, __u64 base, __u64 length) {
  if (used >= DATA_MAX) return used;
  __u32 more = smaller(length, DATA_MAX - used);
  if (more == 0 || more > DATA_MAX) return used;
  return bpf_probe_read_user(shown->data + used, more, (void *)base) ? used : used + more;
}

/* As `show`, of a buffer in pieces. @param length of what is in them */
__noinline __u32 show_vectors(struct shown *shown, __u32 used, __u64 vectors, __u64 count, __u64 length) {
  struct vector vector;
  if (!shown) return 0;
  for (int i = 0; i < SHOWN_VECTORS_MAX && i < count; i++) {
    if (bpf_probe_read_user(&vector, sizeof vector, (void *)(vectors + i * sizeof vector))) break;
    __u64 part = smaller(vector.length, length);
    used = show(shown, used, vector.base, part);
    length -= part;
    if (length == 0) break;
  }
  return used;
}

/* The length of the datagrams that one call sends or has received at once: udp(7). */
__noinline __u32 segment_bytes_in(__u64 controls, __u64 length) {
  struct control control;
  for (int i = 0; i < CONTROLS_MAX && length >= 16; i++) {
    if (bpf_probe_read_user(&control, sizeof control, (void *)controls)) break;
    /* 16 bits for sending and 32 for receiving, of a number that fits into 16. */
    if (control.level == SOL_UDP && (control.type == UDP_SEGMENT || control.type == UDP_GRO)) return control.value & 0xffff;
    __u64 step = (control.length + 7) & ~7ull;
    if (step < 16 || step >= length) break;
    controls += step;
    length -= step;
  }
  return 0;
}
