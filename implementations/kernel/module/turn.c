// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whose turn it can be: which threads could go on, and one step of one. A
 * thread in synchronize_srcu() can where nobody is left that it has to wait
 * for.
 */
#include <linux/delay.h>
#include <linux/sched/clock.h>
#include <linux/srcu.h>

#include "dax-vectors.h"

/* SRCU has its callbacks called on the first processor, which is ours. */
void dv_relax(void)
{
	cond_resched();
	cpu_relax();
}

int dv_state_of(struct dv_thread *thread)
{
	/* Pairs with dv_hold(): what it has done is known here. */
	return smp_load_acquire(&thread->state);
}

/* Waits until the thread is no longer in a state; false when it takes long. */
bool dv_leaves(struct dv_thread *thread, int state)
{
	u64 limit = local_clock() + DV_STEP_LIMIT;

	while (dv_state_of(thread) == state) {
		if (local_clock() > limit)
			return false;
		dv_relax();
	}
	return true;
}

static bool reads(int serial)
{
	int thread, index;

	for (thread = 0; thread < dv_program.nr_threads; thread++) {
		struct dv_thread *reader = &dv_threads[thread];

		for (index = 0; index < reader->nr_sections; index++)
			if (reader->sections[index].serial == serial)
				return true;
	}
	return false;
}

/* Has synchronize_srcu() somebody left to wait for? */
static bool waits(const struct dv_thread *thread)
{
	int index;

	for (index = 0; index < thread->nr_seen; index++)
		if (reads(thread->seen[index]))
			return true;
	return false;
}

static bool asleep(struct dv_thread *thread)
{
	return READ_ONCE(thread->task->__state) != TASK_RUNNING &&
	       !READ_ONCE(thread->task->on_cpu);
}

/*
 * Lets synchronize_srcu() come so far that it does not wait for readers who
 * come from now on: it has exchanged the index that they get.
 */
static void settle(struct dv_thread *thread)
{
	u64 limit = local_clock() + DV_STEP_LIMIT;
	int idx = -1;
	int reader, index;

	for (reader = 0; reader < dv_program.nr_threads; reader++)
		for (index = 0; index < dv_threads[reader].nr_sections; index++)
			idx = dv_threads[reader].sections[index].idx;
	while (dv_state_of(thread) == DV_SYNCING && local_clock() < limit) {
		int current_idx = srcu_read_lock(dv_srcu);

		srcu_read_unlock(dv_srcu, current_idx);
		if (asleep(thread) && current_idx != idx)
			return;
		usleep_range(20, 50);
	}
	if (dv_state_of(thread) == DV_SYNCING)
		dv_run.late = true;
}

/* Can the thread go on? */
static bool enabled(struct dv_thread *thread)
{
	if (thread->ended)
		return false;
	switch (dv_state_of(thread)) {
	case DV_HELD:
	case DV_SYNCED:
		return true;
	case DV_LOCKING:
		return dv_run.owner < 0;
	case DV_SYNCING:
		if (waits(thread))
			return false;
		/* Nobody is left to wait for, so it is only a matter of time. */
		if (!dv_leaves(thread, DV_SYNCING))
			dv_run.late = true;
		return !dv_run.late;
	default:
		return false;
	}
}

/*
 * What a thread does next is known when it does it. One that was on its way to
 * the mutex could not go on where another one had it, and nobody knew.
 */
void dv_was_blocked(const struct dv_thread *thread)
{
	int index = dv_run.nr_events;
	int last, owner = -1;

	while (index > 0 && dv_run.events[index - 1].agent != thread->index)
		index--;
	last = index;
	for (index = 0; index < dv_run.nr_events; index++) {
		struct dv_event *event = &dv_run.events[index];

		if (index >= last && owner >= 0)
			event->enabled &= ~BIT(thread->index);
		if (event->op == DV_LOCK)
			owner = event->agent;
		else if (event->op == DV_UNLOCK)
			owner = -1;
	}
}

u32 dv_all_enabled(void)
{
	u32 mask = 0;
	int index;

	for (index = 0; index < dv_program.nr_threads; index++)
		if (enabled(&dv_threads[index]))
			mask |= BIT(index);
	return mask;
}

/* Lets the thread make its next event. */
bool dv_step(struct dv_thread *thread)
{
	if (thread->state == DV_SYNCED) {
		dv_note(thread, DV_SYNC_END, DV_SRCU)->ip = thread->sync_ip;
		/* Pairs with dv_state_of(). */
		smp_store_release(&thread->state, DV_HELD);
		return true;
	}
	WRITE_ONCE(thread->state, DV_RUNNING);
	/* Pairs with dv_hold(): it starts with what is known here. */
	smp_store_release(&thread->go, 1);
	if (!dv_leaves(thread, DV_RUNNING))
		return false;
	if (dv_state_of(thread) != DV_SYNCING)
		return true;
	if (waits(thread))
		settle(thread);
	return true;
}
