/* SPDX-License-Identifier: MIT */
/*
 * The scheduler. Every event is a scheduling point: a thread arrives with its
 * pending event, the scheduler chooses a thread, adds that thread's pending
 * event to the trace and switches to the thread, which performs it.
 */
#ifndef DV_SCHEDULER_H
#define DV_SCHEDULER_H

#include "trace.h"

/* Number of scheduling points so far. */
extern volatile uint32_t dv_progress __attribute__((visibility("hidden")));

/* Returns when the current thread's pending event is next. */
void dv_schedule(void);

/* Ends the current thread. Its locks stay locked, so others may block. */
__attribute__((noreturn)) void dv_end_thread(void);
__attribute__((noreturn)) void dv_end_with_fault(int fault);

/* Completes the current thread's previous step, before its next one. */
static inline void dv_complete_step(void)
{
	dv_complete_event();
	if (dv_run.current->touched_freed)
		dv_end_with_fault(DV_USE_AFTER_FREE);
}

#endif
