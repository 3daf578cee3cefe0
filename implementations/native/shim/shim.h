/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the shim share. */
#ifndef DV_SHIM_H
#define DV_SHIM_H

#include "../machine/interface.h"

/* Bytes that a struct dax_device can have. */
#define DV_DEVICE_MAX	512

/* The place that a function of the shim was called from. */
#define DV_CALLER ((struct dv_place){				\
	(uintptr_t)__builtin_return_address(0),			\
	(uintptr_t)__builtin_return_address(1) })

extern const struct dv_machine *dv_machine;

void dv_set_machine(const struct dv_machine *machine);
int dv_notify(int holder, uint64_t offset, uint64_t length, int flags);

/* dv_add() as if it was called from that place. */
int dv_add_from(volatile int *ptr, int order, int by, int unless,
		struct dv_place place);

/* Which of the accesses with DV_TRY stored: struct dv_tree. */
extern uint64_t dv_outcomes;

int dv_freed(void);

#endif
