#include "hosts.h"
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "gate.h"
#include "limits.h"
#include "output.h"

#define HOSTS_MAX 4096
#define LOOK_EVERY_NS 20000000ull

struct traced_host {
  __u32 number, mounts; /* the inode of its mount namespace */
  int process;          /* can be read when its first process has ended: pidfd_open(2) */
  __u64 missed;         /* as far as it has been told */
  __u32 gate;           /* the process that waits until the host is traced, or 0 */
  bool has_gate;        /* there has been one: another one would be a program that pretends */
  struct limits limits;
};

static struct traced_host traced[HOSTS_MAX];
static int count;
static int map;
static void (*list_present)(void);
static struct ring_buffer *events;

void begin_hosts(int hosts_map, void (*list)(void), struct ring_buffer *ring) {
  map = hosts_map;
  list_present = list;
  events = ring;
}

/* Whether a process is of this container: its number may have been given to another one meanwhile. */
static bool is_of(int pid, const char *container) {
  char path[32], groups[4096];
  snprintf(path, sizeof path, "/proc/%d/cgroup", pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = file < 0 ? 0 : read(file, groups, sizeof groups - 1);
  if (file >= 0) close(file);
  groups[length < 0 ? 0 : length] = 0;
  return strstr(groups, container) != NULL;
}

static void add(__u32 number, int pid, const char *container) {
  char path[32];
  struct stat mounts;
  int process = syscall(SYS_pidfd_open, pid, 0);
  snprintf(path, sizeof path, "/proc/%d/ns/mnt", pid);
  if (process < 0 || count == HOSTS_MAX || stat(path, &mounts) || !is_of(pid, container)) {
    if (process >= 0) close(process);
    print_count(RECORD_ENDED, number, 0);
    return;
  }
  struct traced_host *host = &traced[count++];
  *host = (struct traced_host){ .number = number, .mounts = mounts.st_ino, .process = process };
  open_limits(&host->limits, pid);
  struct host entry = { .since_ns = monotonic_ns(), .number = number, .is_new = 1 };
  bpf_map_update_elem(map, &host->mounts, &entry, BPF_ANY);
  list_present();
  /* What has been missed by now is forgotten with this: it is of before the trace was ready. */
  entry.is_new = 0;
  bpf_map_update_elem(map, &host->mounts, &entry, BPF_ANY);
  ring_buffer__consume(events);
  print_count(RECORD_READY, number, 0);
}

static void print_missed(struct traced_host *host) {
  struct host entry;
  if (bpf_map_lookup_elem(map, &host->mounts, &entry) || entry.missed == host->missed) return;
  print_count(RECORD_MISSED, host->number, entry.missed - host->missed);
  host->missed = entry.missed;
}

/* All that was told of it before is printed before. */
static void end(struct traced_host *host) {
  ring_buffer__consume(events);
  print_missed(host);
  print_limits(&host->limits, host->number);
  print_count(RECORD_ENDED, host->number, 0);
  bpf_map_delete_elem(map, &host->mounts);
  close_limits(&host->limits);
  close(host->process);
  *host = traced[--count];
}

void obey(const char *command) {
  unsigned number;
  int pid;
  char container[65];
  if (sscanf(command, "add %u %d %64s", &number, &pid, container) == 3) return add(number, pid, container);
  if (sscanf(command, "remove %u", &number) != 1) return;
  for (int i = 0; i < count; i++)
    if (traced[i].number == number) return end(&traced[i]);
}

void note_gate(__u32 number, __u32 pid) {
  for (int i = 0; i < count; i++) {
    if (traced[i].number != number || traced[i].has_gate) continue;
    traced[i].gate = pid;
    traced[i].has_gate = true;
  }
}

/* At once: the counts of its limits will soon be gone. */
static void look_for_ends(void) {
  static struct pollfd processes[HOSTS_MAX];
  for (int i = 0; i < count; i++) processes[i] = (struct pollfd){ traced[i].process, POLLIN, 0 };
  if (poll(processes, count, 0) <= 0) return;
  for (int i = count - 1; i >= 0; i--)
    if (processes[i].revents) end(&traced[i]);
}

void look_at_hosts(void) {
  static __u64 looked_ns;
  look_for_ends();
  __u64 now = monotonic_ns();
  if (now - looked_ns < LOOK_EVERY_NS) return;
  looked_ns = now;
  for (int i = 0; i < count; i++) {
    if (traced[i].gate && open_gate(traced[i].gate)) traced[i].gate = 0;
    print_missed(&traced[i]);
    look_at_limits(&traced[i].limits, traced[i].number);
  }
}
