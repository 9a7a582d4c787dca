/*
 * What the programs in the kernel tell, the loader passes on, and lab/trace/bpf/ reads: records, one after the other, in the byte order
 * of the processor, each a multiple of 8 bytes long.
 */
#pragma once
#include <linux/types.h>

#define DATA_MAX 128      /* of what is sent or received, in bytes */
#define ARGUMENTS_MAX 512 /* of the command line of a process, in bytes */
#define ANCESTORS_MAX 8
#define MESSAGES_MAX 64

enum kind {
  RECORD_RETURNED = 1, /* struct call, data, messages */
  RECORD_WAITING,      /* struct call */
  RECORD_PRESENT,      /* struct call: a socket or a ring that was there when the trace began, and until it was listed */
  RECORD_PROCESS,      /* struct process, arguments: a process, before its first call or after execve */
  RECORD_READY,        /* struct header: the host is traced, and what was there is told */
  RECORD_MISSED,       /* struct count */
  RECORD_ENDED,        /* struct header: the first process of the host has ended, and all is told */
  RECORD_MEMORY,       /* struct count: processes that have been killed as there was no memory left */
  RECORD_PROCESSES,    /* struct count: processes that could not be started as there were too many */
  RECORD_KILLED,       /* struct count: the number that the host has for a process which SIGKILL has ended */
};

struct header {
  __u16 bytes; /* of the whole record */
  __u8 kind;
  __u8 unused;
  __u32 host; /* its number */
};

/* An address of a socket. The family is 0 where there is none. */
struct address {
  __u16 family;
  __u16 port;
  __u8 bytes[16];
};

/* A socket of TCP or UDP, as the kernel has it. The protocol is 0 where there is none. */
struct socket_facts {
  __u64 inode;
  struct address local, remote;
  __s32 fd;
  __u16 protocol;
  __u8 state; /* of TCP: include/net/tcp_states.h */
  __u8 unused;
  __u32 segment_bytes;          /* UDP_SEGMENT */
  __u32 unread, unacknowledged; /* of TCP, in bytes; told of what was present */
  __u32 unused_too;
};

struct call {
  struct header header;
  __u32 pid, tid; /* of the host's PID namespace, and of the machine's */
  __u64 at_ns, took_ns; /* by the monotonic clock */
  __s64 result;
  __u64 arguments[6];
  struct socket_facts socket;
  struct address peer; /* that the call names or returns */
  __u16 call;          /* of calls.h */
  __u16 data_bytes;
  __u16 messages;
  __u16 segment_bytes; /* from a control message */
  __u32 switches;      /* how often its thread had waited for something when it began */
  __u64 requested_bytes;
  __u64 ahead_ns; /* so much the real-time clock is ahead of that, as the loader sees it */
};

/* One of those of sendmmsg and recvmmsg. */
struct message {
  struct address peer;
  __u16 segment_bytes;
  __u16 unused;
  __u32 bytes;
};

struct process {
  struct header header;
  __u32 tgid, pid; /* of the machine's PID namespace, and of the host's */
  __u32 ancestors[ANCESTORS_MAX]; /* as pid */
  char name[16]; /* comm */
  __u32 arguments_bytes;
  __u32 unused;
};

struct count {
  struct header header;
  __u64 count;
};

/* A host in the kernel's table, by the inode of its mount namespace: each container has one, which its probes do not share. */
struct host {
  __u64 missed;
  __u64 since_ns; /* when it was added, by the monotonic clock */
  __u32 number;
  __u32 is_new; /* its present sockets are to be told */
};
