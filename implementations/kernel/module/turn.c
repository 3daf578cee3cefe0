// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whose turn it can be: which threads could go on, and one step of one. A
 * thread in synchronize_srcu() can where nobody is left that it has to wait
 * for.
 */
#include <linux/sched/clock.h>

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
		if (dv_waits(thread))
			return false;
		/* Nobody is left to wait for, so it is only a matter of time. */
		if (!dv_leaves(thread, DV_SYNCING))
			dv_run.late = true;
		return !dv_run.late;
	default:
		return false;
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
	if (dv_waits(thread))
		dv_settle(thread);
	return true;
}
