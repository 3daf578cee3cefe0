// SPDX-License-Identifier: GPL-2.0-only
/* Keeps the memory of the device after its final iput(). */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#include "fields.h"
#include "inode.h"
#include "thread.h"
#include "trace.h"

static struct super_block *real_sb, *own_sb;
static struct super_operations own_sops;
/* The inode has been through evict(). */
static bool evicted;
/* Fields of the inode that inode_init_always() resets. */
static struct {
	umode_t mode;
	unsigned int flags;
	dev_t rdev;
	unsigned long ino;
} saved;

/* inode->i_state is a structure since 6.19; Kbuild looks for its accessors. */
#ifdef DV_HAVE_INODE_STATE_RAW
#define clear_inode_state	inode_state_clear_raw
#define reset_inode_state(inode) inode_state_assign_raw(inode, 0)
#else
#define clear_inode_state(inode, bits) ((inode)->i_state &= ~(bits))
#define reset_inode_state(inode) ((inode)->i_state = 0)
#endif

/*
 * Replaces the operation of super.c. Keeps the memory: breakpoints then report
 * a use after free, and the next execution reuses the device. The final iput()
 * is held here, because the VFS calls this after evict() with no lock held.
 */
static void destroy_inode(struct inode *inode)
{
	struct dv_thread *thread = dv_current();

	evicted = true;
	/* Lets an extra iput() continue: iput() has a BUG_ON(I_CLEAR). */
	clear_inode_state(inode, I_CLEAR);
	if (!thread || !dv_control.recording)
		return;
	thread->destroyed = true;
	dv_hold_at(thread, DV_RMW, DV_I_COUNT, true,
		   dv_trace.values[DV_I_COUNT], 0, 0);
	if (real_sb->s_op->destroy_inode)
		real_sb->s_op->destroy_inode(inode);
	if (!dv_control.recording)
		return;
	dv_add_event(thread, DV_FREE, DV_DEVICE);
	dv_trace.freed = true;
	dv_hold(thread, DV_HELD);
}

/*
 * Gives this inode a copy of its super block with other operations, so that
 * destroy_inode() above replaces the operation for this inode only.
 */
int dv_inode_take(void)
{
	real_sb = dv_inode->i_sb;
	own_sb = kmemdup(real_sb, sizeof(*real_sb), GFP_KERNEL);
	if (!own_sb)
		return -ENOMEM;
	own_sops = *real_sb->s_op;
	own_sops.destroy_inode = destroy_inode;
	own_sops.free_inode = NULL;
	own_sb->s_op = &own_sops;
	spin_lock(&real_sb->s_inode_list_lock);
	list_del_init(&dv_inode->i_sb_list);
	spin_unlock(&real_sb->s_inode_list_lock);
	saved.mode = dv_inode->i_mode;
	saved.flags = dv_inode->i_flags;
	saved.rdev = dv_inode->i_rdev;
	saved.ino = dv_inode->i_ino;
	dv_inode->i_sb = own_sb;
	return 0;
}

static void reinit_inode(void)
{
	if (inode_init_always(own_sb, dv_inode))
		pr_err("cannot initialise the inode again\n");
	/* Before 6.11, callers of alloc_inode() clear it. */
	reset_inode_state(dv_inode);
	dv_inode->i_mode = saved.mode;
	dv_inode->i_flags = saved.flags;
	dv_inode->i_rdev = saved.rdev;
	dv_inode->i_ino = saved.ino;
	mapping_set_gfp_mask(&dv_inode->i_data, GFP_USER);
	evicted = false;
}

bool dv_inode_is_evicted(void)
{
	return evicted;
}

void dv_inode_revive(void)
{
	if (evicted)
		reinit_inode();
}

void dv_inode_give_back(void)
{
	dv_inode->i_sb = real_sb;
	kfree(own_sb);
}
