/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls that can be abandoned. */
#ifndef DV_GUARD_H
#define DV_GUARD_H

#include "program.h"
#include "thread.h"

/* Calls dv_make_call(thread, call); sp: place for its stack pointer. */
unsigned long dv_guard_enter(struct dv_thread *thread,
			     const struct dv_call *call, unsigned long *sp);

unsigned long dv_make_guarded_call(struct dv_thread *thread,
				   const struct dv_call *call);

/*
 * Changes the registers of an exception so that the innermost call returns 0.
 * thread->guard must be set.
 */
void dv_guard_abandon(struct dv_thread *thread, struct pt_regs *regs);

#endif
