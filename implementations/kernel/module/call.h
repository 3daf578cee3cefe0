/* SPDX-License-Identifier: GPL-2.0-only */
/* One call of a program. */
#ifndef DV_CALL_H
#define DV_CALL_H

#include "program.h"
#include "thread.h"

/* Makes the call; keeps its result for calls that take it as device. */
unsigned long dv_make_call(struct dv_thread *thread,
			   const struct dv_call *call);

/*
 * The device that the call is about: the first one too where it gets NULL or
 * another pointer, or no device.
 */
enum dv_which dv_which_device(const struct dv_call *call);

/* Calls of dax_read_lock() that the thread has not unlocked. */
int dv_read_locks(const struct dv_thread *thread);
/* Calls dax_read_unlock() until nr of them are left. */
void dv_read_unlock_to(struct dv_thread *thread, int nr);

/* The reason why the module cannot make the call, or NULL. */
const char *dv_call_obstacle(enum dv_fn fn);

#endif
