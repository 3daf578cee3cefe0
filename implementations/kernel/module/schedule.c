// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows a schedule: each choice lets one enabled thread go on to its next
 * event. After the schedule, and after a choice that is not possible, goes on
 * without preemption: the current thread, else the first enabled one.
 */
#include "fields.h"
#include "grace.h"
#include "mutex.h"
#include "program.h"
#include "schedule.h"
#include "thread.h"
#include "trace.h"
#include "watch.h"

struct dv_outcome dv_outcome;

static bool is_enabled(struct dv_thread *thread)
{
	if (thread->ended)
		return false;
	switch (dv_state_of(thread)) {
	case DV_HELD:
	case DV_SYNCED:
		return true;
	case DV_LOCKING:
		return !dv_mutex_is_taken(thread);
	case DV_SYNCING:
		if (dv_sync_waits(thread))
			return false;
		/* No reader is left: synchronize_srcu() returns soon. */
		if (!dv_wait_while(thread, DV_SYNCING))
			dv_control.late = true;
		return !dv_control.late;
	default:
		return false;
	}
}

static u32 all_enabled(void)
{
	u32 mask = 0;
	int index;

	for (index = 0; index < dv_program.nr_threads; index++)
		if (is_enabled(&dv_threads[index]))
			mask |= BIT(index);
	return mask;
}

/* Lets the thread go on to its next event; false after a time limit. */
static bool step(struct dv_thread *thread)
{
	if (thread->state == DV_SYNCED) {
		dv_sync_end(thread);
		return true;
	}
	/* Moves at a call or a return, where the thread takes interrupts. */
	if (dv_watch_device(thread, thread->device))
		return false;
	WRITE_ONCE(thread->state, DV_RUNNING);
	/* Pairs with dv_hold(). */
	smp_store_release(&thread->go, 1);
	if (!dv_wait_while(thread, DV_RUNNING))
		return false;
	if (dv_state_of(thread) != DV_SYNCING)
		return true;
	if (dv_sync_waits(thread))
		dv_sync_settle(thread);
	return true;
}

/* Notices a change of a field that no breakpoint of the thread was on. */
static void check_unseen(const struct dv_thread *thread)
{
	int which, object;

	for (which = 0; which < dv_nr_devices(); which++) {
		unsigned long *values = dv_trace.values[which];

		for (object = 0; object < DV_NR_WATCHED; object++) {
			if (dv_field_value(which, object) == values[object])
				continue;
			dv_outcome.unseen = true;
			dv_outcome.unseen_device = which;
			dv_outcome.unseen_object = object;
			dv_outcome.unseen_fn = thread->fn;
			return;
		}
	}
}

static void diverge(int at, int agent)
{
	dv_outcome.diverged_at = at;
	dv_outcome.diverged_agent = agent;
	if (agent >= dv_program.nr_threads)
		dv_outcome.diverged_why = "unknown-agent";
	else if (dv_threads[agent].ended ||
		 dv_threads[agent].state == DV_FAULTED)
		dv_outcome.diverged_why = "ended";
	else
		dv_outcome.diverged_why = "blocked";
}

static bool is_over(void)
{
	return dv_control.late || dv_outcome.unseen || dv_control.beyond;
}

void dv_follow(const u8 *schedule, int length)
{
	int current_agent = -1;
	int at, index;

	for (at = 0; !is_over(); at++) {
		u32 mask = all_enabled();

		if (!mask || dv_control.late)
			break;
		if (at == DV_MAX_EVENTS - 2) {
			dv_add_record(DV_FAULT, -1)->fault = "livelock";
			return;
		}
		if (at < length && !dv_outcome.diverged_why) {
			if (schedule[at] < 32 && mask & BIT(schedule[at]))
				current_agent = schedule[at];
			else
				diverge(at, schedule[at]);
		}
		if (current_agent < 0 || !(mask & BIT(current_agent)))
			current_agent = __ffs(mask);
		dv_trace.enabled = mask;
		if (!step(&dv_threads[current_agent]))
			dv_control.late = true;
		if (!dv_control.late)
			check_unseen(&dv_threads[current_agent]);
		if (dv_control.late ||
		    dv_state_of(&dv_threads[current_agent]) != DV_LOCKING)
			continue;
		/* The thread reached a mutex that is taken: no event. */
		if (at < length && !dv_outcome.diverged_why)
			diverge(at, current_agent);
		current_agent = -1;
		at--;
	}
	if (dv_control.late) {
		/* Replaces an earlier divergence: the runner retries. */
		dv_outcome.diverged_at = max(at - 1, 0);
		dv_outcome.diverged_agent = max(current_agent, 0);
		dv_outcome.diverged_why = "late";
		return;
	}
	for (index = 0; index < dv_program.nr_threads; index++) {
		struct dv_thread *thread = &dv_threads[index];
		int state = dv_state_of(thread);

		if (thread->ended)
			continue;
		if (state != DV_SYNCING && state != DV_LOCKING)
			continue;
		thread->blocked = state;
		dv_outcome.blocked |= BIT(index);
	}
	if (dv_outcome.blocked)
		dv_add_record(DV_FAULT, -1)->fault = "deadlock";
}
