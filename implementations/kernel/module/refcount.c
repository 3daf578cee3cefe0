// SPDX-License-Identifier: GPL-2.0-only
/*
 * References: return probes on igrab() and iput() hold the thread after i_lock
 * is released. inode.c holds it in the final iput().
 */
#include <linux/fs.h>
#include <linux/kprobes.h>

#include "fields.h"
#include "probe.h"
#include "refcount.h"
#include "thread.h"
#include "trace.h"

/* Device whose references a thread counts. */
static enum dv_which counted[DV_MAX_THREADS];

static int count_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	enum dv_which which = dv_which_inode((struct inode *)regs->di);
	struct dv_thread *thread;

	if (which == DV_NR_DEVICES)
		return 1;
	thread = dv_current();
	if (!thread || !dv_control.recording)
		return 1;
	counted[thread->index] = which;
	return 0;
}

static int count_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	enum dv_which which;
	atomic_t *i_count;

	if (!dv_control.recording)
		return 0;
	if (thread->destroyed) {
		thread->destroyed = false;
		return 0;
	}
	which = counted[thread->index];
	i_count = &dv_dax[which].inode->i_count;
	/* After an extra iput(). */
	if (atomic_read(i_count) < 0)
		atomic_set(i_count, 0);
	dv_hold_at(thread, &(struct dv_event){
		.op = DV_RMW,
		.object = DV_I_COUNT,
		.device = which,
		.marked = true,
		.old = dv_trace.values[which][DV_I_COUNT],
		.new = atomic_read(i_count),
		.ip = get_kretprobe_retaddr(ri),
	});
	return 0;
}

struct kretprobe dv_igrab_probe = DV_PROBE(count, "igrab");
struct kretprobe dv_iput_probe = DV_PROBE(count, "iput");
