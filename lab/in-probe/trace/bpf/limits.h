/*
 * How often the programs of a host have run into a limit, by the counts in its control group: cgroups(7), the kernel's cgroup-v2.rst
 * ("memory.events", "pids.events"), and for version 1 memory.rst ("oom_control") and pids.rst.
 */
#pragma once
#include <linux/types.h>

#define LIMITS 2

struct limits {
  int files[LIMITS];
  __u64 told[LIMITS];
  __u64 looked_ns; /* the last time */
};

/* @param pid the first process of the host, as the machine numbers it */
void open_limits(struct limits *limits, int pid);
/* Prints the counts that have changed, not too often. */
void look_at_limits(struct limits *limits, __u32 host);
/* And at once. */
void print_limits(struct limits *limits, __u32 host);
void close_limits(struct limits *limits);
