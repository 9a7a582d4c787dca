/* Which system calls are traced: what the loader tells the programs in the kernel. */
#pragma once
#include <linux/types.h>

#define SYSTEM_CALLS_MAX 512

/* Where a call's data is. */
enum shape { NOTHING, OPTION, BUFFER, VECTORS, MESSAGE, MESSAGES };
enum way { NONE, IN, OUT };

/* From 1 on, in the order of calls.h. */
enum call_number {
  CALL_none,
#define CALL(name, shape, way) CALL_##name,
#include "calls.h"
#undef CALL
};

struct traced {
  __u16 call; /* 0: it is not traced */
  __u8 shape;
  __u8 way;
};
