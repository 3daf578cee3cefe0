// SPDX-License-Identifier: GPL-2.0-only
/*
 * Observes the device locks and replaces waiting for them: a thread is held
 * before mutex_lock() while another thread owns the mutex.
 */
#include <linux/kprobes.h>
#include <linux/mutex.h>

#include "mutex.h"
#include "probe.h"
#include "dev_dax.h"
#include "thread.h"
#include "trace.h"

/* Thread that owns the lock of each device, or -1. */
static int owners[DV_NR_DEVICES];
/* Device whose lock a thread locked or unlocked last, or waits for. */
static enum dv_which used[DV_MAX_THREADS];

void dv_mutex_reset(void)
{
	int which;

	for (which = 0; which < DV_NR_DEVICES; which++)
		owners[which] = -1;
}

enum dv_which dv_mutex_which(const struct dv_thread *thread)
{
	return used[thread->index];
}

bool dv_mutex_is_taken(const struct dv_thread *thread)
{
	return owners[dv_mutex_which(thread)] >= 0;
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
	enum dv_which which = dv_mutex_which(thread);

	while (index > 0 && dv_trace.events[index - 1].agent != thread->index)
		index--;
	last = index;
	for (index = 0; index < dv_trace.nr_events; index++) {
		struct dv_event *event = &dv_trace.events[index];

		if (index >= last && holder >= 0)
			event->enabled &= ~BIT(thread->index);
		if (event->device != which)
			continue;
		if (event->op == DV_LOCK)
			holder = event->agent;
		else if (event->op == DV_UNLOCK)
			holder = -1;
	}
}

/* The current thread if it starts to use a device lock in an execution. */
static struct dv_thread *user_of(unsigned long mutex)
{
	struct dv_thread *thread;
	int which;

	for (which = 0; which < dv_nr_devices(); which++) {
		thread = dv_current_if(mutex, dv_device_lock(which));
		if (!thread || !dv_control.recording)
			continue;
		used[thread->index] = which;
		return thread;
	}
	return NULL;
}

/* Holds the thread until the mutex is free: the schedule chooses the owner. */
static int lock_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = user_of(regs->di);

	if (!thread)
		return 1;
	correct_enabled(thread);
	if (dv_mutex_is_taken(thread))
		dv_hold(thread, DV_LOCKING);
	return 0;
}

static void hold_at(struct dv_thread *thread, enum dv_op op, unsigned long ip)
{
	dv_hold_at(thread, &(struct dv_event){
		.op = op,
		.object = DV_MUTEX,
		.device = dv_mutex_which(thread),
		.marked = true,
		.ip = ip,
	});
}

static int lock_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_control.recording)
		return 0;
	correct_enabled(thread);
	owners[dv_mutex_which(thread)] = thread->index;
	hold_at(thread, DV_LOCK, get_kretprobe_retaddr(ri));
	return 0;
}

static int unlock_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	return user_of(regs->di) ? 0 : 1;
}

static int unlock_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_control.recording)
		return 0;
	owners[dv_mutex_which(thread)] = -1;
	hold_at(thread, DV_UNLOCK, get_kretprobe_retaddr(ri));
	return 0;
}

static void unlock_abandoned(struct mutex *mutex)
{
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

void dv_unlock_abandoned(void)
{
	int which;

	for (which = 0; which < dv_nr_devices(); which++)
		unlock_abandoned(dv_device_lock(which));
}

struct kretprobe dv_lock_probe = DV_PROBE(lock, "mutex_lock");
struct kretprobe dv_unlock_probe = DV_PROBE(unlock, "mutex_unlock");
