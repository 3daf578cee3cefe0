// SPDX-License-Identifier: GPL-2.0-only
/*
 * References: return probes on igrab() and iput() hold the thread after i_lock
 * is released. device.c holds it in the final iput().
 */
#include <linux/fs.h>
#include <linux/kprobes.h>

#include "device.h"
#include "probe.h"
#include "refcount.h"
#include "thread.h"
#include "trace.h"

static int count_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (!dv_current_if(regs->di, dv_inode))
		return 1;
	return dv_control.recording ? 0 : 1;
}

static int count_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (!dv_control.recording)
		return 0;
	if (thread->destroyed) {
		thread->destroyed = false;
		return 0;
	}
	/* After an extra iput(). */
	if (atomic_read(&dv_inode->i_count) < 0)
		atomic_set(&dv_inode->i_count, 0);
	dv_hold_at(thread, DV_RMW, DV_I_COUNT, true,
		   dv_trace.values[DV_I_COUNT], dv_field_value(DV_I_COUNT),
		   get_kretprobe_retaddr(ri));
	return 0;
}

struct kretprobe dv_igrab_probe = DV_PROBE(count, "igrab");
struct kretprobe dv_iput_probe = DV_PROBE(count, "iput");
