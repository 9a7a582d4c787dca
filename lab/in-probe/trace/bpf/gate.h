/* The gate at which a host waits until it is traced: see ../gate.sh. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>

/* Whether a process waits at the gate, by its arguments, which a program can give itself, too. */
bool is_gate(const char *arguments, size_t bytes);

/* Lets a process go on. @param pid as the machine numbers it @returns false if it is not yet ready for that */
bool open_gate(__u32 pid);
