// SPDX-License-Identifier: GPL-2.0-only
/*
 * Observes read sections of dax_srcu and synchronize_srcu(), and leaves
 * sections of threads that ended or deadlocked inside.
 */
#include <linux/delay.h>
#include <linux/kprobes.h>
#include <linux/sched/clock.h>
#include <linux/srcu.h>

#include "probe.h"
#include "program.h"
#include "section.h"
#include "thread.h"
#include "trace.h"

/* Private to super.c: dv_section_start() finds it. */
static struct srcu_struct *dax_srcu;

struct section {
	int serial;
	int idx;
	/* Left by the coordinator for the thread. */
	bool given_up;
};

static struct reader {
	int nr_sections;
	struct section sections[DV_MAX_DEPTH];
	/* Read sections at the entry of synchronize_srcu(). */
	int nr_seen;
	int seen[DV_MAX_DEPTH];
	/* Return address of synchronize_srcu(). */
	unsigned long sync_ip;
} readers[DV_MAX_THREADS];

static int serials;

/* Task of dv_section_start(). */
static struct task_struct *finder;
/* Takes the unlock of a section that the coordinator left already. */
DEFINE_STATIC_SRCU(discard_srcu);

/* Sections that setup left open. */
static struct section setup_sections[DV_MAX_DEPTH];
static int nr_setup_sections;

static struct reader *reader_of(const struct dv_thread *thread)
{
	return &readers[thread->index];
}

void dv_sections_reset(void)
{
	int index;

	serials = 0;
	for (index = 0; index < DV_MAX_THREADS; index++) {
		readers[index].nr_sections = 0;
		readers[index].nr_seen = 0;
	}
}

static int enter_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (unlikely(!dax_srcu && finder == current))
		dax_srcu = (struct srcu_struct *)regs->di;
	return dv_current_if(regs->di, dax_srcu) ? 0 : 1;
}

static int enter_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	struct reader *reader = reader_of(thread);
	struct section *section = &reader->sections[reader->nr_sections];

	if (reader->nr_sections < DV_MAX_DEPTH - 1)
		reader->nr_sections++;
	section->serial = serials++;
	section->idx = regs_return_value(regs);
	section->given_up = false;
	if (dv_control.recording)
		dv_hold_at(thread, DV_SRCU_LOCK, DV_SRCU, true, 0, 0,
			   get_kretprobe_retaddr(ri));
	return 0;
}

static int leave_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current_if(regs->di, dax_srcu);
	struct reader *reader;

	if (!thread)
		return 1;
	reader = reader_of(thread);
	if (reader->nr_sections == 0)
		return 1;
	if (reader->sections[--reader->nr_sections].given_up)
		regs->di = (unsigned long)&discard_srcu;
	return 0;
}

static int leave_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (dv_control.recording)
		dv_hold_at(thread, DV_SRCU_UNLOCK, DV_SRCU, true, 0, 0,
			   get_kretprobe_retaddr(ri));
	return 0;
}

/* Stores the open read sections. Does not hold: the thread waits by itself. */
static int sync_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current_if(regs->di, dax_srcu);
	struct reader *waiter;
	int other, index;

	if (!thread || !dv_control.recording)
		return 1;
	waiter = reader_of(thread);
	waiter->nr_seen = 0;
	for (index = 0; index < nr_setup_sections; index++)
		waiter->seen[waiter->nr_seen++] = setup_sections[index].serial;
	for (other = 0; other < dv_max_threads; other++) {
		struct reader *reader = &readers[other];

		for (index = 0; index < reader->nr_sections; index++)
			if (waiter->nr_seen < DV_MAX_DEPTH)
				waiter->seen[waiter->nr_seen++] =
					reader->sections[index].serial;
	}
	/* At entry ri->ret_addr is not set yet. */
	waiter->sync_ip = regs_get_kernel_stack_nth(regs, 0);
	dv_add_event(thread, DV_SYNC_BEGIN, DV_SRCU)->ip = waiter->sync_ip;
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
	unsigned long ip = reader_of(thread)->sync_ip;

	dv_add_event(thread, DV_SYNC_END, DV_SRCU)->ip = ip;
	/* Pairs with dv_state_of(). */
	smp_store_release(&thread->state, DV_HELD);
}

static bool is_open(int serial)
{
	int thread, index;

	for (index = 0; index < nr_setup_sections; index++)
		if (setup_sections[index].serial == serial)
			return true;
	for (thread = 0; thread < dv_program.nr_threads; thread++) {
		struct reader *reader = &readers[thread];

		for (index = 0; index < reader->nr_sections; index++)
			if (reader->sections[index].serial == serial)
				return true;
	}
	return false;
}

bool dv_sync_waits(const struct dv_thread *thread)
{
	const struct reader *waiter = reader_of(thread);
	int index;

	for (index = 0; index < waiter->nr_seen; index++)
		if (is_open(waiter->seen[index]))
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
	int idx = -1;
	int reader, index;

	for (index = 0; index < nr_setup_sections; index++)
		idx = setup_sections[index].idx;
	for (reader = 0; reader < dv_program.nr_threads; reader++)
		for (index = 0; index < readers[reader].nr_sections; index++)
			idx = readers[reader].sections[index].idx;
	while (dv_state_of(thread) == DV_SYNCING && local_clock() < limit) {
		int current_idx = srcu_read_lock(dax_srcu);

		srcu_read_unlock(dax_srcu, current_idx);
		if (is_asleep(thread) && (behind || current_idx != idx))
			return;
		usleep_range(20, 50);
	}
	if (dv_state_of(thread) == DV_SYNCING)
		dv_control.late = true;
}

static void leave_section(struct section *section)
{
	if (section->given_up)
		return;
	section->given_up = true;
	__srcu_read_unlock(dax_srcu, section->idx);
}

void dv_leave_sections(struct dv_thread *thread)
{
	struct reader *reader = reader_of(thread);
	int index;

	for (index = 0; index < reader->nr_sections; index++)
		leave_section(&reader->sections[index]);
}

void dv_keep_setup_sections(struct dv_thread *thread)
{
	struct reader *reader = reader_of(thread);
	int index;

	for (index = 0; index < reader->nr_sections; index++) {
		struct section *section = &setup_sections[nr_setup_sections++];

		*section = reader->sections[index];
		/* Different from the serials of an execution. */
		section->serial = -nr_setup_sections;
	}
	reader->nr_sections = 0;
}

void dv_leave_setup_sections(void)
{
	int index;

	for (index = 0; index < nr_setup_sections; index++)
		leave_section(&setup_sections[index]);
}

void dv_enter_setup_sections(void)
{
	int index;

	for (index = 0; index < nr_setup_sections; index++) {
		setup_sections[index].idx = __srcu_read_lock(dax_srcu);
		setup_sections[index].given_up = false;
	}
}

void dv_drop_setup_sections(void)
{
	dv_leave_setup_sections();
	nr_setup_sections = 0;
}

struct kretprobe dv_enter_probe = DV_PROBE(enter, "__srcu_read_lock");
struct kretprobe dv_leave_probe = DV_PROBE(leave, "__srcu_read_unlock");
struct kretprobe dv_sync_probe = DV_PROBE(sync, "synchronize_srcu");

int dv_section_start(void)
{
	finder = current;
	dax_read_unlock(dax_read_lock());
	finder = NULL;
	if (dax_srcu)
		return 0;
	pr_err("cannot find dax_srcu\n");
	return -ENODEV;
}

void dv_section_stop(void)
{
	if (dax_srcu)
		dv_drop_setup_sections();
	dax_srcu = NULL;
}
