// SPDX-License-Identifier: GPL-2.0-only
/* Keeps the memory of a device after its final iput(). */
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/magic.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#include "fields.h"
#include "inode.h"
#include "thread.h"
#include "trace.h"

static struct super_block *real_sb, *own_sb;
static struct super_operations own_sops;
/* Lookups find the inodes at hash_of(). */
static bool have_numbers;
static struct taken {
	/* The inode has been through evict(). */
	bool evicted;
	/* Fields that inode_init_always() resets. */
	umode_t mode;
	unsigned int flags;
	dev_t rdev;
	unsigned long ino;
} taken[DV_NR_DEVICES];

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
	int which = inode == dv_dax[DV_LOG].inode ? DV_LOG : DV_FIRST;

	taken[which].evicted = true;
	/* Lets an extra iput() continue: iput() has a BUG_ON(I_CLEAR). */
	clear_inode_state(inode, I_CLEAR);
	if (!thread || !dv_control.recording)
		return;
	thread->destroyed = true;
	dv_hold_at(thread, &(struct dv_event){
		.op = DV_RMW,
		.object = DV_I_COUNT,
		.device = which,
		.marked = true,
		.old = dv_trace.values[which][DV_I_COUNT],
	});
	if (real_sb->s_op->destroy_inode)
		real_sb->s_op->destroy_inode(inode);
	if (!dv_control.recording)
		return;
	dv_add_event(thread, DV_FREE, DV_DEVICE)->device = which;
	dv_trace.freed[which] = true;
	dv_hold(thread, DV_HELD);
}

struct super_block *dv_real_super_block(void)
{
	return real_sb;
}

void dv_inodes_show(bool real)
{
	int which;

	for (which = 0; which < DV_NR_DEVICES; which++)
		dv_dax[which].inode->i_sb = real ? real_sb : own_sb;
}

bool dv_inodes_have_numbers(void)
{
	return have_numbers;
}

/* Of drivers/dax/super.c. */
static unsigned long hash_of(const struct inode *inode)
{
	return hash_32(inode->i_rdev + DAXFS_MAGIC, 31);
}

static int is_inode(struct inode *inode, void *data)
{
	return inode == data;
}

/* True if a lookup finds the inode at hash_of(). */
static bool has_number(struct inode *inode)
{
	struct inode *found = ilookup5(real_sb, hash_of(inode), is_inode,
				       inode);

	if (found)
		atomic_dec(&inode->i_count);
	return found;
}

static void take(enum dv_which which)
{
	struct inode *inode = dv_dax[which].inode;
	struct taken *saved = &taken[which];

	spin_lock(&real_sb->s_inode_list_lock);
	list_del_init(&inode->i_sb_list);
	spin_unlock(&real_sb->s_inode_list_lock);
	saved->mode = inode->i_mode;
	saved->flags = inode->i_flags;
	saved->rdev = inode->i_rdev;
	saved->ino = inode->i_ino;
	inode->i_sb = own_sb;
}

/*
 * Gives the inodes a copy of their super block with other operations, so that
 * destroy_inode() above replaces the operation for these inodes only.
 */
int dv_inodes_take(void)
{
	int which;

	real_sb = dv_dax[DV_FIRST].inode->i_sb;
	have_numbers = has_number(dv_dax[DV_FIRST].inode) &&
		       has_number(dv_dax[DV_LOG].inode);
	own_sb = kmemdup(real_sb, sizeof(*real_sb), GFP_KERNEL);
	if (!own_sb)
		return -ENOMEM;
	own_sops = *real_sb->s_op;
	own_sops.destroy_inode = destroy_inode;
	own_sops.free_inode = NULL;
	own_sb->s_op = &own_sops;
	for (which = 0; which < DV_NR_DEVICES; which++)
		take(which);
	return 0;
}

static void reinit_inode(struct inode *inode, const struct taken *saved)
{
	if (inode_init_always(own_sb, inode))
		pr_err("cannot initialise the inode again\n");
	/* Before 6.11, callers of alloc_inode() clear it. */
	reset_inode_state(inode);
	inode->i_mode = saved->mode;
	inode->i_flags = saved->flags;
	inode->i_rdev = saved->rdev;
	inode->i_ino = saved->ino;
	mapping_set_gfp_mask(&inode->i_data, GFP_USER);
	if (!have_numbers)
		return;
	inode->i_sb = real_sb;
	__insert_inode_hash(inode, hash_of(inode));
	inode->i_sb = own_sb;
}

bool dv_inode_is_evicted(enum dv_which which)
{
	return taken[which].evicted;
}

void dv_inode_revive(enum dv_which which)
{
	if (!taken[which].evicted)
		return;
	reinit_inode(dv_dax[which].inode, &taken[which]);
	taken[which].evicted = false;
}

void dv_inodes_give_back(void)
{
	dv_inodes_show(true);
	kfree(own_sb);
}
