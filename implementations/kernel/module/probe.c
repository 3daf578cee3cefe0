// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a watch cannot tell: what is seen when a function is called or returns.
 * References, and WARNs; read sections and the device lock have files of their
 * own. igrab() and iput() are never held inside i_lock.
 */
#include <linux/fs.h>
#include <linux/kprobes.h>

#include "dax-vectors.h"

static int count_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	return dv_ours(regs->di, dv_inode) && dv_run.recording ? 0 : 1;
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

static struct kretprobe igrab_probe = DV_PROBE(count, "igrab");
static struct kretprobe iput_probe = DV_PROBE(count, "iput");

static struct kretprobe *const probes[] = {
	&dv_enter_probe,
	&dv_leave_probe,
	&dv_sync_probe,
	&igrab_probe,
	&iput_probe,
	/* For nobody but a tree that takes the device lock: they come last. */
	&dv_lock_probe,
	&dv_unlock_probe,
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

int dv_probe_start(void)
{
	int index, rc;

	for (index = 0; index < nr_probes(); index++) {
		rc = register_kretprobe(probes[index]);
		if (rc) {
			pr_err("no probe on %s: %d\n",
			       probes[index]->kp.symbol_name, rc);
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
	rc = dv_section_start();
	if (rc)
		dv_probe_stop();
	return rc;
}

/* WARNs are counted all the same. */
void dv_probe_pause(bool pause)
{
	int index;

	for (index = 0; index < nr_probes(); index++) {
		if (pause)
			disable_kretprobe(probes[index]);
		else
			enable_kretprobe(probes[index]);
	}
}

void dv_probe_stop(void)
{
	int index;

	for (index = 0; index < ARRAY_SIZE(probes); index++)
		if (probes[index]->kp.addr)
			unregister_kretprobe(probes[index]);
	if (warning.addr)
		unregister_kprobe(&warning);
	dv_section_stop();
}
