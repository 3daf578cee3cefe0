// SPDX-License-Identifier: GPL-2.0-only
/* One pseudo file system with an inode for each device. */
#include "vocabulary.h"
#include "shim.h"

static struct super_block super_block;
static struct vfsmount mount = { .mnt_sb = &super_block };
static struct pseudo_fs_context context;
/* By device: the inode in its memory, and whether lookups find it. */
static struct inode *known[DV_NR_DEVICES];
static bool hashed[DV_NR_DEVICES];
/* By device: the call that made it has returned and left its inode locked. */
static bool left_locked[DV_NR_DEVICES];

bool dv_finds_none;

struct pseudo_fs_context *init_pseudo(struct fs_context *fc,
				      unsigned long magic)
{
	context.magic = magic;
	return &context;
}

struct vfsmount *kern_mount(struct file_system_type *type)
{
	int rc = type->init_fs_context(NULL);

	super_block.s_op = context.ops;
	return rc ? ERR_PTR(rc) : &mount;
}

void kern_unmount(struct vfsmount *mnt)
{
}

void kill_anon_super(struct super_block *sb)
{
}

int simple_statfs(struct dentry *dentry, struct kstatfs *statfs)
{
	return 0;
}

int generic_delete_inode(struct inode *inode)
{
	return 1;
}

int inode_just_drop(struct inode *inode)
{
	return 1;
}

void inode_init_once(struct inode *inode)
{
}

/*
 * Looks up an inode in one event, as the VFS does under its own lock. An
 * unhashed inode counts as missing; the VFS would wait until it is gone, and
 * for a new one until its maker has unlocked it. The model waits for neither.
 * The VFS would wait for ever where its maker left it locked: it stays new.
 */
static struct inode *look_up(int (*test)(struct inode *, void *), void *data,
			     struct dv_place place)
{
	int i;

	if (known[DV_DEVICE])
		dv_machine->access(DV_RMW, &known[DV_DEVICE]->i_count.counter,
				   sizeof(int), DV_LOOKUP, place);
	for (i = 0; i < DV_NR_DEVICES && !dv_finds_none; i++) {
		if (!hashed[i] || !test(known[i], data))
			continue;
		dv_machine->found(&known[i]->i_count.counter);
		known[i]->i_count.counter++;
		/* Its maker has seen that it is new, and goes on to use it. */
		if (!left_locked[i])
			known[i]->i_state &= ~I_NEW;
		return known[i];
	}
	return NULL;
}

struct inode *ilookup5(struct super_block *sb, unsigned long hash,
		       int (*test)(struct inode *, void *), void *data)
{
	return look_up(test, data, DV_CALLER);
}

struct inode *iget5_locked(struct super_block *sb, unsigned long hash,
			   int (*test)(struct inode *, void *),
			   int (*set)(struct inode *, void *), void *data)
{
	struct inode *inode = look_up(test, data, DV_CALLER);
	int device;

	if (inode)
		return inode;
	inode = sb->s_op->alloc_inode(sb);
	if (!inode)
		return NULL;
	/* Faults where the tree returns another pointer than one to an inode. */
	inode->i_state = I_NEW;
	device = dv_device_at(inode);
	if (device < 0)
		return NULL;
	dv_machine->found(&inode->i_count.counter);
	inode->i_count.counter = 1;
	inode->i_sb = sb;
	inode->i_mapping = &inode->i_data;
	inode->i_data.host = inode;
	if (set(inode, data))
		return NULL;
	known[device] = inode;
	hashed[device] = true;
	left_locked[device] = false;
	return inode;
}

void dv_returned(const volatile void *dev)
{
	int device = dv_device_at(dev);

	if (device >= 0 && known[device])
		left_locked[device] = known[device]->i_state & I_NEW;
}

void unlock_new_inode(struct inode *inode)
{
	inode->i_state &= ~I_NEW;
}

/*
 * Fails if the count is zero, because the inode is being freed. The kernel
 * increments it under i_lock, which is no full barrier. The shim leaves the
 * lock out and gives the access the weakest order that it can have.
 */
struct inode *igrab(struct inode *inode)
{
	int seen = dv_add_from(&inode->i_count.counter, DV_ONCE | DV_TRY, 1, 0,
			       DV_CALLER);

	return seen ? inode : NULL;
}

void ihold(struct inode *inode)
{
	dv_add_from(&inode->i_count.counter, DV_FULL, 1, INT_MAX, DV_CALLER);
}

void iput(struct inode *inode)
{
	int device = dv_device_at(inode);

	if (!inode)
		return;
	if (dv_add_from(&inode->i_count.counter, DV_FULL | DV_TRY, -1, 0,
			DV_CALLER) != 1)
		return;
	/* Each drop_inode() that the vocabulary has says to free the inode. */
	if (super_block.s_op->drop_inode)
		super_block.s_op->drop_inode(inode);
	if (device >= 0)
		hashed[device] = false;
	if (super_block.s_op->evict_inode)
		super_block.s_op->evict_inode(inode);
	if (super_block.s_op->destroy_inode)
		super_block.s_op->destroy_inode(inode);
	if (super_block.s_op->free_inode)
		super_block.s_op->free_inode(inode);
}
