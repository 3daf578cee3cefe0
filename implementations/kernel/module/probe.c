// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a watch cannot tell: read sections, grace periods and references are
 * seen when their functions return, WARNs where they are given. igrab() and
 * iput() are never held inside i_lock.
 */
#include <linux/fs.h>
#include <linux/kprobes.h>
#include <linux/srcu.h>

#include "dax-vectors.h"

/* dax_srcu, which is private to super.c. */
struct srcu_struct *dv_srcu;

static struct task_struct *finder;
/* Takes what threads leave whose read sections were left for them. */
DEFINE_STATIC_SRCU(elsewhere);

/* One thread's calls of a probed function within each other. */
#define NESTED	(DV_MAX_DEPTH * DV_MAX_THREADS)

static struct dv_thread *ours(const void *argument, const void *wanted)
{
	return argument == wanted ? dv_current() : NULL;
}

static int lock_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (unlikely(!dv_srcu && finder == current))
		dv_srcu = (struct srcu_struct *)regs->di;
	return ours((void *)regs->di, dv_srcu) ? 0 : 1;
}

static int lock_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	struct dv_section *section = &thread->sections[thread->nr_sections];

	if (thread->nr_sections < DV_MAX_DEPTH - 1)
		thread->nr_sections++;
	section->serial = dv_run.serials++;
	section->idx = regs_return_value(regs);
	section->given_up = false;
	if (dv_run.recording)
		dv_event(thread, DV_SRCU_LOCK, DV_SRCU, true, 0, 0,
			 get_kretprobe_retaddr(ri));
	return 0;
}

static int unlock_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = ours((void *)regs->di, dv_srcu);

	if (!thread || thread->nr_sections == 0)
		return 1;
	if (thread->sections[--thread->nr_sections].given_up)
		regs->di = (unsigned long)&elsewhere;
	return 0;
}

static int unlock_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (dv_run.recording)
		dv_event(thread, DV_SRCU_UNLOCK, DV_SRCU, true, 0, 0,
			 get_kretprobe_retaddr(ri));
	return 0;
}

/* Notes who reads. Does not hold: it is done when it waits. */
static int sync_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = ours((void *)regs->di, dv_srcu);
	int other, index;

	if (!thread || !dv_run.recording)
		return 1;
	thread->nr_seen = 0;
	for (other = 0; other < dv_max_threads; other++) {
		struct dv_thread *reader = &dv_threads[other];

		for (index = 0; index < reader->nr_sections; index++)
			if (thread->nr_seen < DV_MAX_DEPTH)
				thread->seen[thread->nr_seen++] =
					reader->sections[index].serial;
	}
	thread->sync_ip = get_kretprobe_retaddr(ri);
	dv_note(thread, DV_SYNC_BEGIN, DV_SRCU)->ip = thread->sync_ip;
	/* Pairs with dv_state_of(): who was seen has been written down. */
	smp_store_release(&thread->state, DV_SYNCING);
	return 0;
}

static int sync_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	/* The end of the wait is written down when it is chosen. */
	if (dv_run.recording)
		dv_hold(thread, DV_SYNCED);
	return 0;
}

/* Waits at the door while another one is in, so that anybody may be next. */
static int mutex_lock_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = ours((void *)regs->di, dv_super_mutex());

	if (!thread || !dv_run.recording)
		return 1;
	dv_was_blocked(thread);
	if (dv_run.owner >= 0)
		dv_hold(thread, DV_LOCKING);
	return 0;
}

static int mutex_lock_return(struct kretprobe_instance *ri,
			     struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_run.recording)
		return 0;
	dv_was_blocked(thread);
	dv_run.owner = thread->index;
	dv_event(thread, DV_LOCK, DV_MUTEX, true, 0, 0,
		 get_kretprobe_retaddr(ri));
	return 0;
}

static int mutex_unlock_entry(struct kretprobe_instance *ri,
			      struct pt_regs *regs)
{
	if (!ours((void *)regs->di, dv_super_mutex()))
		return 1;
	return dv_run.recording ? 0 : 1;
}

static int mutex_unlock_return(struct kretprobe_instance *ri,
			       struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_run.recording)
		return 0;
	dv_run.owner = -1;
	dv_event(thread, DV_UNLOCK, DV_MUTEX, true, 0, 0,
		 get_kretprobe_retaddr(ri));
	return 0;
}

static int count_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	return ours((void *)regs->di, dv_inode) && dv_run.recording ? 0 : 1;
}

static int count_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_run.recording)
		return 0;
	if (thread->destroyed) {
		thread->destroyed = false;
		return 0;
	}
	/* An iput() too many: the count ends at zero. */
	if (atomic_read(&dv_inode->i_count) < 0)
		atomic_set(&dv_inode->i_count, 0);
	dv_event(thread, DV_RMW, DV_I_COUNT, true, dv_run.values[DV_I_COUNT],
		 dv_value(DV_I_COUNT), get_kretprobe_retaddr(ri));
	return 0;
}

#define PROBE(name, symbol)						\
	{								\
		.kp.symbol_name = symbol,				\
		.entry_handler = name##_entry,				\
		.handler = name##_return,				\
		.maxactive = NESTED,					\
	}

static struct kretprobe probes[] = {
	PROBE(lock, "__srcu_read_lock"),
	PROBE(unlock, "__srcu_read_unlock"),
	PROBE(sync, "synchronize_srcu"),
	PROBE(count, "igrab"),
	PROBE(count, "iput"),
	/* For nobody but a tree that takes the device lock: they come last. */
	PROBE(mutex_lock, "mutex_lock"),
	PROBE(mutex_unlock, "mutex_unlock"),
};

static int nr_probes(void)
{
	return ARRAY_SIZE(probes) - (dv_super_mutex() ? 0 : 2);
}

/* __warn(file, line, caller, ...) */
static int on_warning(struct kprobe *probe, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	struct dv_record *record;

	if (!thread)
		return 0;
	atomic_inc(&dv_warned);
	if (!dv_run.recording)
		return 0;
	record = dv_record(DV_WARNING, thread->index);
	/* Without CONFIG_DEBUG_BUGVERBOSE there is no file. */
	record->file = (const char *)regs->di;
	record->line = regs->si;
	record->ip = regs->dx;
	return 0;
}

static struct kprobe warning = {
	.symbol_name = "__warn",
	.pre_handler = on_warning,
};

/* What warns once has to warn in each execution. */
static void (*clear_bugs)(void);
static char *once_start, *once_end;

static unsigned long (*look_up)(const char *name);

static void find_once(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };

	if (register_kprobe(&probe) < 0)
		return;
	look_up = (void *)probe.addr;
	unregister_kprobe(&probe);
	/* A probe stands after the landing pad of indirect branches. */
	if (*(u32 *)((char *)look_up - 4) == 0xfa1e0ff3)
		look_up = (void *)((char *)look_up - 4);
	clear_bugs = (void *)look_up("generic_bug_clear_once");
	once_start = (char *)look_up("__start_once");
	once_end = (char *)look_up("__end_once");
}

void dv_forget_warnings(void)
{
	if (clear_bugs)
		clear_bugs();
	if (once_start && once_end > once_start)
		memset(once_start, 0, once_end - once_start);
}

/* Leaves the read sections of a thread that waits for itself. */
void dv_leave_sections(struct dv_thread *thread)
{
	int index;

	for (index = 0; index < thread->nr_sections; index++) {
		struct dv_section *section = &thread->sections[index];

		if (section->given_up)
			continue;
		section->given_up = true;
		__srcu_read_unlock(dv_srcu, section->idx);
	}
}

int dv_probe_start(void)
{
	int index, rc;

	for (index = 0; index < nr_probes(); index++) {
		rc = register_kretprobe(&probes[index]);
		if (rc) {
			pr_err("no probe on %s: %d\n",
			       probes[index].kp.symbol_name, rc);
			dv_probe_stop();
			return rc;
		}
	}
	rc = register_kprobe(&warning);
	if (rc) {
		pr_err("no probe on %s: %d\n", warning.symbol_name, rc);
		warning.addr = NULL;
		dv_probe_stop();
		return rc;
	}
	find_once();
	finder = current;
	dax_read_unlock(dax_read_lock());
	finder = NULL;
	if (!dv_srcu) {
		pr_err("dax_srcu is not where it was\n");
		dv_probe_stop();
		return -ENODEV;
	}
	return 0;
}

/* WARNs are counted all the same. */
void dv_probe_pause(bool pause)
{
	int index;

	for (index = 0; index < nr_probes(); index++) {
		if (pause)
			disable_kretprobe(&probes[index]);
		else
			enable_kretprobe(&probes[index]);
	}
}

void dv_probe_stop(void)
{
	int index;

	for (index = 0; index < ARRAY_SIZE(probes); index++)
		if (probes[index].kp.addr)
			unregister_kretprobe(&probes[index]);
	if (warning.addr)
		unregister_kprobe(&warning);
	dv_srcu = NULL;
}
