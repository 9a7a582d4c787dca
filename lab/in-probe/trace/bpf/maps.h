/* What the programs in the kernel share with each other, and with the loader. */
#pragma once
#include "kernel.h"
#include "read-user.h"
#include "record.h"
#include "traced.h"

/* The loader is woken up for so much; else it looks by itself every few milliseconds. */
#define WAKE_BYTES (64 * 1024)
#define RING_BYTES (8 * 1024 * 1024)
#define OPEN_MAX 16384
#define HOSTS_MAX 4096
#define PROCESSES_MAX 8192

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, SYSTEM_CALLS_MAX);
  __type(key, __u32);
  __type(value, struct traced);
} traced_calls SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, HOSTS_MAX);
  __type(key, __u32);
  __type(value, struct host);
} hosts SEC(".maps");

/* The call that a thread is in. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, OPEN_MAX);
  __type(key, __u32);
  __type(value, struct call);
} open_calls SEC(".maps");

/* Processes that have been told, with the number of their host: it may have been removed and added again. */
struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, PROCESSES_MAX);
  __type(key, __u32);
  __type(value, __u32);
} told SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, RING_BYTES);
} events SEC(".maps");

struct returned {
  struct call call;
  struct shown shown;
  struct message messages[MESSAGES_MAX];
};

struct told_process {
  struct process process;
  char arguments[ARGUMENTS_MAX];
};

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct returned);
} returning SEC(".maps");

/* Two, as a list of processes may be interrupted by one of them. */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, struct told_process);
} telling SEC(".maps");

static __always_inline void tell(struct host *host, void *record, __u32 bytes) {
  __u64 flags = bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA) > WAKE_BYTES ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;
  if (bpf_ringbuf_output(&events, record, bytes, flags)) __sync_fetch_and_add(&host->missed, 1);
}
