#include "waiting.h"
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "output.h"

/* A call that takes less time is told once, when it has returned. */
#define WAIT_MIN_NS 10000000ull
#define THREADS_MAX 65536
#define BATCH 1024

/* Whether a thread is blocked, and not only without a processor: proc_pid_stat(5). */
static bool is_blocked(__u32 tid) {
  char path[32], text[512];
  snprintf(path, sizeof path, "/proc/%u/stat", tid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return false;
  text[length] = 0;
  const char *name_end = strrchr(text, ')');
  return name_end && name_end[1] == ' ' && (name_end[2] == 'S' || name_end[2] == 'D');
}

static void print_if_waiting(const struct call *call) {
  /* By thread, when the call began that was told last. Should two threads share a place, the reader gets a call twice. */
  static __u64 told_ns[THREADS_MAX];
  __u64 *told = &told_ns[call->tid % THREADS_MAX];
  if (*told == call->at_ns || monotonic_ns() < call->at_ns + WAIT_MIN_NS || !is_blocked(call->tid)) return;
  *told = call->at_ns;
  print_record(&call->header, sizeof *call);
}

void print_waiting(int map) {
  static __u32 tids[BATCH];
  static struct call calls[BATCH];
  __u32 at = 0;
  bool is_first = true;
  for (int failed = 0; !failed; is_first = false) {
    __u32 count = BATCH;
    failed = bpf_map_lookup_batch(map, is_first ? NULL : &at, &at, tids, calls, &count, NULL);
    if (failed && errno != ENOENT) return;
    for (__u32 i = 0; i < count; i++) print_if_waiting(&calls[i]);
  }
}
