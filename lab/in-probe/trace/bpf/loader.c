/*
 * Traces the socket calls of hosts: `loader calls.bpf.o`. It is told on standard input which hosts, a line each, and prints records
 * (record.h) on standard output. It ends, and with it the trace, with its standard input.
 *
 *     add NUMBER PID CONTAINER    the host whose first process has this number in the machine's PID namespace
 *     remove NUMBER
 *
 *     calls.bpf.c ──ring buffer──▶ loader ──records──▶ standard output
 *         ▲─────────hosts────────────┘
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "hosts.h"
#include "output.h"
#include "traced.h"
#include "waiting.h"

#define LOOK_EVERY_MS 4

static struct bpf_object *object;
static struct bpf_link *iterators[2];

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

static struct bpf_link *attach(const char *name) {
  struct bpf_link *link = bpf_program__attach(bpf_object__find_program_by_name(object, name));
  if (!link) fail("the kernel does not attach BPF programs to its tracepoints");
  return link;
}

static int map_of(const char *name) { return bpf_object__find_map_fd_by_name(object, name); }

static void load(const char *path) {
  libbpf_set_print(NULL); /* what it says is for those who write such programs */
  object = bpf_object__open_file(path, NULL);
  if (!object) fail("there are no BPF programs");
  if (bpf_object__load(object)) fail("the kernel does not load BPF programs");
}

/* The numbers of system calls differ between processors, and not each has each. */
static void choose_calls(void) {
  static const struct {
    __u32 number;
    struct traced traced;
  } calls[] = {
#define CALL(name, shape, way) { __NR_##name, { CALL_##name, shape, way } },
#include "calls.h"
#undef CALL
  };
  int map = map_of("traced_calls");
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    bpf_map_update_elem(map, &calls[i].number, &calls[i].traced, BPF_ANY);
}

/* Has the kernel go through all processes, and all that they have open. */
static void list_present(void) {
  char nothing[64];
  for (int i = 0; i < 2; i++) {
    int iterator = bpf_iter_create(bpf_link__fd(iterators[i]));
    while (read(iterator, nothing, sizeof nothing) > 0) continue;
    close(iterator);
  }
}

/* @returns false at the end of standard input */
static bool read_commands(void) {
  static char text[64 * 1024];
  static size_t used;
  ssize_t more = read(STDIN_FILENO, text + used, sizeof text - used - 1);
  if (more <= 0) return false;
  used += more;
  text[used] = 0;
  char *line = text;
  for (char *end; (end = strchr(line, '\n')); line = end + 1) {
    *end = 0;
    obey(line);
  }
  used -= line - text;
  memmove(text, line, used);
  return true;
}

static int take(void *context, void *record, size_t bytes) {
  (void)context;
  print_record(record, bytes);
  return 0;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  load(arguments[1]);
  choose_calls();
  struct ring_buffer *ring = ring_buffer__new(map_of("events"), take, NULL, NULL);
  if (!ring) fail("the kernel's records cannot be read");
  iterators[0] = attach("present_processes");
  iterators[1] = attach("present_sockets");
  const char *const tracepoints[] = { "enter", "leave", "execute", "end" };
  for (size_t i = 0; i < sizeof tracepoints / sizeof *tracepoints; i++) attach(tracepoints[i]);
  begin_hosts(map_of("hosts"), list_present, ring);
  struct pollfd wake[] = { { STDIN_FILENO, POLLIN, 0 }, { ring_buffer__epoll_fd(ring), POLLIN, 0 } };
  for (;;) {
    poll(wake, 2, LOOK_EVERY_MS);
    compare_clocks();
    if (wake[0].revents && !read_commands()) return 0;
    ring_buffer__consume(ring);
    print_waiting(map_of("open_calls"));
    look_at_hosts();
    flush();
  }
}
