/* The hosts that are traced. */
#pragma once
#include <linux/types.h>

struct ring_buffer;

/* To be called first. @param map where the kernel's programs find the hosts; hosts that are added are listed there by `list` */
void begin_hosts(int map, void (*list)(void), struct ring_buffer *ring);
/* Obeys `add NUMBER PID CONTAINER` and `remove NUMBER`. Numbers count up. */
void obey(const char *command);
/* A process of a host waits until it is traced. @param pid as the machine numbers it */
void note_gate(__u32 host, __u32 pid);
/* Opens gates, and prints what is missing, what has run into a limit, and which hosts have ended. To be called every few milliseconds. */
void look_at_hosts(void);
