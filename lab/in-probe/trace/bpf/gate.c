#include "gate.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char waits[] = "/.socketlab/loader\0--library-path\0/.socketlab\0/.socketlab/dash\0/.socketlab/gate.sh";

bool is_gate(const char *arguments, size_t bytes) {
  return bytes >= sizeof waits && memcmp(arguments, waits, sizeof waits) == 0;
}

/* Whether a process catches a signal, which would else be its end: proc_pid_status(5). */
static bool catches(__u32 pid, int signal) {
  static const char name[] = "SigCgt:";
  char path[32], line[256];
  unsigned long long caught = 0;
  snprintf(path, sizeof path, "/proc/%u/status", pid);
  FILE *status = fopen(path, "r");
  if (!status) return false;
  while (fgets(line, sizeof line, status))
    if (strncmp(line, name, sizeof name - 1) == 0) caught = strtoull(line + sizeof name, NULL, 16);
  fclose(status);
  return caught >> (signal - 1) & 1;
}

bool open_gate(__u32 pid) { return catches(pid, SIGUSR1) && kill(pid, SIGUSR1) == 0; }
