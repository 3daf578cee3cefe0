// SPDX-License-Identifier: GPL-2.0-only
/*
 * Observes lookups by number: iget5_locked() finds an inode and takes a
 * reference under locks of the VFS, so that it is one access. The inodes have
 * their real super block meanwhile.
 */
#include <linux/fs.h>
#include <linux/kprobes.h>

#include "fields.h"
#include "inode.h"
#include "number.h"
#include "probe.h"
#include "thread.h"
#include "trace.h"

static int lookup_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (!dv_current_if(regs->di, dv_real_super_block()))
		return 1;
	dv_inodes_show(true);
	return 0;
}

static int lookup_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct inode *inode = (struct inode *)regs_return_value(regs);
	enum dv_which which = dv_which_inode(inode);

	dv_inodes_show(false);
	if (!dv_control.recording || which == DV_NR_DEVICES)
		return 0;
	dv_hold_at(dv_current(), &(struct dv_event){
		.op = DV_RMW,
		.object = DV_I_COUNT,
		.device = which,
		.marked = true,
		.old = dv_trace.values[which][DV_I_COUNT],
		.new = atomic_read(&inode->i_count),
		.ip = get_kretprobe_retaddr(ri),
	});
	return 0;
}

struct kretprobe dv_lookup_probe = DV_PROBE(lookup, "iget5_locked");
