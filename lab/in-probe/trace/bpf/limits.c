#include "limits.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "output.h"
#include "record.h"

#define LOOK_EVERY_NS 200000000ull

/* Where a count is, in either version of control groups, and its name there. */
static const struct {
  const char *files[2];
  const char *name;
  __u8 kind;
} counts[LIMITS] = {
  { { "memory.events", "memory/memory.oom_control" }, "oom_kill ", RECORD_MEMORY },
  { { "pids.events", "pids/pids.events" }, "max ", RECORD_PROCESSES },
};

static int open_either(int pid, const char *const files[2]) {
  char path[96];
  for (int i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "/proc/%d/root/sys/fs/cgroup/%s", pid, files[i]);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0) return file;
  }
  return -1;
}

void open_limits(struct limits *limits, int pid) {
  for (int i = 0; i < LIMITS; i++) limits->files[i] = open_either(pid, counts[i].files);
}

/* The number behind a name at the beginning of a line; 0 if there is none, or the control group has gone. */
static __u64 read_count(int file, const char *name) {
  char text[512];
  ssize_t length = pread(file, text, sizeof text - 1, 0);
  if (length <= 0) return 0;
  text[length] = 0;
  for (const char *line = text; line; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    if (strncmp(line, name, strlen(name)) == 0) return strtoull(line + strlen(name), NULL, 10);
  }
  return 0;
}

void print_limits(struct limits *limits, __u32 host) {
  for (int i = 0; i < LIMITS; i++) {
    __u64 count = limits->files[i] < 0 ? 0 : read_count(limits->files[i], counts[i].name);
    if (count > limits->told[i]) print_count(counts[i].kind, host, limits->told[i] = count);
  }
}

void look_at_limits(struct limits *limits, __u32 host) {
  __u64 now = monotonic_ns();
  if (now - limits->looked_ns < LOOK_EVERY_NS) return;
  limits->looked_ns = now;
  print_limits(limits, host);
}

void close_limits(struct limits *limits) {
  for (int i = 0; i < LIMITS; i++)
    if (limits->files[i] >= 0) close(limits->files[i]);
}
