/* SPDX-License-Identifier: MIT */
/* Stacks of a program's threads, each with a guard below it. */
#ifndef DV_STACK_H
#define DV_STACK_H

#include <stdint.h>

#include "format.h"

/* Bytes of a stack, and of the guard. */
#define DV_STACK_SIZE	(64 * 1024)
#define DV_GUARD_SIZE	(64 * 1024)
#define DV_STACK_STRIDE	(DV_GUARD_SIZE + DV_STACK_SIZE)

/* Hidden, so that position-independent code needs no lookup of the address. */
extern char *dv_stacks __attribute__((visibility("hidden")));

/* Returns 0 or -errno. */
int dv_map_stacks(void);

/* Lowest address of an agent's stack. */
static inline char *dv_stack_of(int agent)
{
	return dv_stacks + agent * DV_STACK_STRIDE + DV_GUARD_SIZE;
}

static inline int dv_is_stack(uintptr_t addr)
{
	return addr - (uintptr_t)dv_stacks < DV_MAX_AGENTS * DV_STACK_STRIDE;
}

#endif
