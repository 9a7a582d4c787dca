#include "output.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "gate.h"
#include "hosts.h"

#define SECOND_NS 1000000000ull
#define OUTPUT_BYTES (256 * 1024)
#define TRIES 5

/* So much is the real-time clock ahead of the monotonic one, which the kernel's programs read. */
static __u64 ahead_ns;

static char output[OUTPUT_BYTES];
static size_t used;

static __u64 clock_ns(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * SECOND_NS + time.tv_nsec;
}

__u64 monotonic_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

/* Of several tries, the one that was interrupted least counts. */
void compare_clocks(void) {
  __u64 shortest = ~0ull;
  for (int i = 0; i < TRIES; i++) {
    __u64 before = monotonic_ns(), real = clock_ns(CLOCK_REALTIME), took = monotonic_ns() - before;
    if (took >= shortest) continue;
    shortest = took;
    ahead_ns = real - (before + took / 2);
  }
}

void flush(void) {
  for (size_t at = 0; at < used;) {
    ssize_t written = write(STDOUT_FILENO, output + at, used - at);
    if (written < 0 && errno != EINTR) exit(0); /* nobody reads any more */
    if (written > 0) at += written;
  }
  used = 0;
}

static void *room_for(size_t bytes) {
  if (used + bytes > sizeof output) flush();
  void *room = output + used;
  used += bytes;
  return room;
}

/* A process that was there when the trace began has not told its arguments itself. */
static __u32 read_arguments(__u32 tgid, char *arguments) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%u/cmdline", tgid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, arguments, ARGUMENTS_MAX);
  close(file);
  return length < 0 ? 0 : length;
}

static void print_process(const struct header *record, size_t bytes) {
  struct {
    struct process process;
    char arguments[ARGUMENTS_MAX];
  } told = { 0 };
  memcpy(&told, record, bytes);
  struct process *process = &told.process;
  if (process->arguments_bytes == 0) process->arguments_bytes = read_arguments(process->tgid, told.arguments);
  if (is_gate(told.arguments, process->arguments_bytes)) note_gate(process->header.host, process->tgid);
  process->header.bytes = (sizeof *process + process->arguments_bytes + 7) & ~7u;
  memcpy(room_for(process->header.bytes), &told, process->header.bytes);
}

static void print_call(const struct header *record, size_t bytes) {
  struct call *call = room_for(bytes);
  memcpy(call, record, bytes);
  call->ahead_ns = ahead_ns;
}

void print_record(const struct header *record, size_t bytes) {
  if (record->kind == RECORD_PROCESS) print_process(record, bytes);
  else if (record->kind == RECORD_KILLED) memcpy(room_for(bytes), record, bytes);
  else print_call(record, bytes);
}

void print_count(__u8 kind, __u32 host, __u64 count) {
  struct count record = { { sizeof record, kind, 0, host }, count };
  memcpy(room_for(sizeof record), &record, sizeof record);
}
