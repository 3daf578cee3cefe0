/* SPDX-License-Identifier: GPL-2.0-only */
/* Chooses, event by event, the thread that goes on. */
#ifndef DV_SCHEDULE_H
#define DV_SCHEDULE_H

#include "trace.h"

#define DV_MAX_SCHEDULE	DV_MAX_EVENTS

struct dv_outcome {
	/* First choice that was not possible, if diverged_why is set. */
	int diverged_at;
	int diverged_agent;
	const char *diverged_why;
	/* Threads in a deadlock. */
	u32 blocked;
	/*
	 * A call changed a field that no breakpoint was on: the trace lacks the
	 * access.
	 */
	bool unseen;
	enum dv_which unseen_device;
	enum dv_object unseen_object;
	enum dv_fn unseen_fn;
};

extern struct dv_outcome dv_outcome;

void dv_follow(const u8 *schedule, int length);

#endif
