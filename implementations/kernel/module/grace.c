// SPDX-License-Identifier: GPL-2.0-only
/* Observes grace periods: synchronize_srcu() on dax_srcu. */
#include <linux/delay.h>
#include <linux/kprobes.h>
#include <linux/sched/clock.h>
#include <linux/srcu.h>

#include "grace.h"
#include "probe.h"
#include "program.h"
#include "section.h"
#include "thread.h"
#include "trace.h"

static struct waiter {
	/* Read sections at the entry of synchronize_srcu(). */
	int nr_seen;
	int seen[DV_MAX_DEPTH];
	/* Return address of synchronize_srcu(). */
	unsigned long ip;
} waiters[DV_MAX_THREADS];

/* Stores the open read sections. Does not hold: the thread waits by itself. */
static int sync_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current_if(regs->di, dv_dax_srcu);
	struct waiter *waiter;

	if (!thread || !dv_control.recording)
		return 1;
	waiter = &waiters[thread->index];
	waiter->nr_seen = dv_open_sections(waiter->seen);
	/* At entry ri->ret_addr is not set yet. */
	waiter->ip = regs_get_kernel_stack_nth(regs, 0);
	dv_add_event(thread, DV_SYNC_BEGIN, DV_SRCU)->ip = waiter->ip;
	/* Pairs with dv_state_of(): seen[] and the event are complete. */
	smp_store_release(&thread->state, DV_SYNCING);
	return 0;
}

static int sync_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	/* dv_sync_end() adds the event, when the schedule chooses it. */
	if (dv_control.recording)
		dv_hold(thread, DV_SYNCED);
	return 0;
}

void dv_sync_end(struct dv_thread *thread)
{
	unsigned long ip = waiters[thread->index].ip;

	dv_add_event(thread, DV_SYNC_END, DV_SRCU)->ip = ip;
	/* Pairs with dv_state_of(). */
	smp_store_release(&thread->state, DV_HELD);
}

bool dv_sync_waits(const struct dv_thread *thread)
{
	const struct waiter *waiter = &waiters[thread->index];
	int index;

	for (index = 0; index < waiter->nr_seen; index++)
		if (dv_section_is_open(waiter->seen[index]))
			return true;
	return false;
}

static bool is_asleep(struct dv_thread *thread)
{
	return READ_ONCE(thread->task->__state) != TASK_RUNNING &&
	       !READ_ONCE(thread->task->on_cpu);
}

/* True if another grace period must end before the thread's can start. */
static bool is_behind(const struct dv_thread *thread)
{
	int index;

	for (index = 0; index < dv_program.nr_threads; index++) {
		struct dv_thread *other = &dv_threads[index];

		if (other != thread && dv_state_of(other) == DV_SYNCING &&
		    dv_sync_waits(other))
			return true;
	}
	return false;
}

/*
 * Waits until synchronize_srcu() has flipped the index that new readers get,
 * so that it does not wait for them. Behind another grace period there is no
 * flip: then waits until the thread sleeps.
 */
void dv_sync_settle(struct dv_thread *thread)
{
	u64 limit = local_clock() + DV_STEP_LIMIT_NS;
	bool behind = is_behind(thread);
	int idx = dv_section_idx();

	while (dv_state_of(thread) == DV_SYNCING && local_clock() < limit) {
		int current_idx = srcu_read_lock(dv_dax_srcu);

		srcu_read_unlock(dv_dax_srcu, current_idx);
		if (is_asleep(thread) && (behind || current_idx != idx))
			return;
		usleep_range(20, 50);
	}
	if (dv_state_of(thread) == DV_SYNCING)
		dv_control.late = true;
}

struct kretprobe dv_sync_probe = DV_PROBE(sync, "synchronize_srcu");
