/* What the loader prints: records (record.h). */
#pragma once
#include <stddef.h>
#include "record.h"

/* Prints a record of the kernel's programs. */
void print_record(const struct header *record, size_t bytes);
/* Prints a record of its own: what has no count has 0. */
void print_count(__u8 kind, __u32 host, __u64 count);
/* Writes all that has been printed, and waits for the reader. */
void flush(void);
/* To be called now and then: the clocks drift apart when the real-time clock is set. */
void compare_clocks(void);
__u64 monotonic_ns(void);
