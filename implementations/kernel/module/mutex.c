// SPDX-License-Identifier: GPL-2.0-only
/*
 * Observes the device lock and replaces waiting for it: a thread is held before
 * mutex_lock() while another thread owns the mutex.
 */
#include <linux/kprobes.h>
#include <linux/mutex.h>

#include "mutex.h"
#include "probe.h"
#include "dev_dax.h"
#include "thread.h"
#include "trace.h"

/* Thread that owns the device lock, or -1. */
static int owner = -1;

void dv_mutex_reset(void)
{
	owner = -1;
}

bool dv_mutex_is_taken(void)
{
	return owner >= 0;
}

/*
 * Corrects the enabled sets of events after the thread's last one: a thread on
 * its way to mutex_lock() was not enabled while another one owned the mutex.
 * Until the thread arrives there, its next operation is unknown.
 */
static void correct_enabled(const struct dv_thread *thread)
{
	int index = dv_trace.nr_events;
	int last, holder = -1;

	while (index > 0 && dv_trace.events[index - 1].agent != thread->index)
		index--;
	last = index;
	for (index = 0; index < dv_trace.nr_events; index++) {
		struct dv_event *event = &dv_trace.events[index];

		if (index >= last && holder >= 0)
			event->enabled &= ~BIT(thread->index);
		if (event->op == DV_LOCK)
			holder = event->agent;
		else if (event->op == DV_UNLOCK)
			holder = -1;
	}
}

/* Holds the thread until the mutex is free: the schedule chooses the owner. */
static int lock_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current_if(regs->di, dv_device_lock());

	if (!thread || !dv_control.recording)
		return 1;
	correct_enabled(thread);
	if (dv_mutex_is_taken())
		dv_hold(thread, DV_LOCKING);
	return 0;
}

static int lock_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_control.recording)
		return 0;
	correct_enabled(thread);
	owner = thread->index;
	dv_hold_at(thread, DV_LOCK, DV_MUTEX, true, 0, 0,
		   get_kretprobe_retaddr(ri));
	return 0;
}

static int unlock_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (!dv_current_if(regs->di, dv_device_lock()))
		return 1;
	return dv_control.recording ? 0 : 1;
}

static int unlock_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_control.recording)
		return 0;
	owner = -1;
	dv_hold_at(thread, DV_UNLOCK, DV_MUTEX, true, 0, 0,
		   get_kretprobe_retaddr(ri));
	return 0;
}

void dv_unlock_abandoned(void)
{
	struct mutex *mutex = dv_device_lock();
	unsigned long task;
	int index;

	if (!mutex || !mutex_is_locked(mutex))
		return;
	/* Flags are in the lowest bits. */
	task = atomic_long_read(&mutex->owner) & ~7UL;
	for (index = 0; index < dv_max_threads; index++) {
		struct dv_thread *thread = &dv_threads[index];

		if (task != (unsigned long)thread->task)
			continue;
		if (dv_state_of(thread) == DV_IDLE ||
		    thread->blocked == DV_LOCKING)
			mutex_unlock(mutex);
		return;
	}
}

struct kretprobe dv_lock_probe = DV_PROBE(lock, "mutex_lock");
struct kretprobe dv_unlock_probe = DV_PROBE(unlock, "mutex_unlock");
