// SPDX-License-Identifier: GPL-2.0-only
/*
 * The dax_device under test, created once and reset before each execution.
 * super.c keeps its fields private: find_fields() searches for known values.
 */
#include <linux/blkdev.h>
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

#include "dev_dax.h"
#include "device.h"
#include "exports.h"
#include "thread.h"
#include "trace.h"

#define SCANNED_BYTES	(sizeof(struct inode) + sizeof(struct cdev) + 256)
#define SCANNED_WORDS	((int)(SCANNED_BYTES / sizeof(long)))

struct dax_device *dv_dax_dev;
struct inode *dv_inode;
struct block_device *dv_bdev;
bool dv_clears_ops;

/* Address of each field but i_count; NULL where the kernel lacks it. */
static void *addresses[DV_NR_FIELDS];
static struct gendisk *disk;
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

void *dv_field_address(enum dv_object object)
{
	return addresses[object];
}

unsigned long dv_field_value(enum dv_object object)
{
	unsigned long value;

	if (object == DV_I_COUNT)
		return atomic_read(&dv_inode->i_count);
	if (!addresses[object])
		return 0;
	value = READ_ONCE(*(unsigned long *)addresses[object]);
	return object == DV_FLAGS ? value & 1 : value;
}

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
static int replace_super_block(void)
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

bool dv_device_is_evicted(void)
{
	return evicted;
}

void dv_device_set(const struct dv_device_state *state)
{
	unsigned long *flags = dv_field_address(DV_FLAGS);

	if (evicted)
		reinit_inode();
	WRITE_ONCE(*flags, (*flags & ~1UL) | state->alive);
	*(void **)dv_field_address(DV_HOLDER_DATA) = state->holder;
	*(const void **)dv_field_address(DV_HOLDER_OPS) = state->ops;
	if (addresses[DV_DEVICE_OPS])
		*(const void **)addresses[DV_DEVICE_OPS] = state->device_ops;
	if (dv_device())
		dv_device()->driver = state->driver;
	dv_clears_ops = state->clears_ops;
	dv_bdev->bd_start_sect = state->start;
	dv_bdev->bd_nr_sectors = state->sectors;
	atomic_set(&dv_inode->i_count, state->refs);
}

void dv_device_get(struct dv_device_state *state)
{
	state->alive = dv_field_value(DV_FLAGS);
	state->holder = (void *)dv_field_value(DV_HOLDER_DATA);
	state->ops = (void *)dv_field_value(DV_HOLDER_OPS);
	state->refs = dv_field_value(DV_I_COUNT);
	state->device_ops = (void *)dv_field_value(DV_DEVICE_OPS);
	state->driver = (void *)dv_field_value(DV_DRIVER);
	state->clears_ops = dv_clears_ops;
	state->start = dv_bdev->bd_start_sect;
	state->sectors = dv_bdev->bd_nr_sectors;
}

void dv_device_pin(void)
{
	atomic_set(&dv_inode->i_count, 1 << 16);
}

static void *find(const void *value)
{
	unsigned long *words = (unsigned long *)dv_dax_dev;
	int index;

	for (index = 0; index < SCANNED_WORDS; index++)
		if (words[index] == (unsigned long)value)
			return &words[index];
	return NULL;
}

/* Finds the word whose lowest bit kill_dax() clears and run_dax() sets. */
static void *find_flags(void)
{
	unsigned long *words = (unsigned long *)dv_dax_dev;
	unsigned long *before;
	void *found = NULL;
	int index;

	before = kmemdup(words, SCANNED_WORDS * sizeof(long), GFP_KERNEL);
	if (!before)
		return NULL;
	kill_dax(dv_dax_dev);
	for (index = 0; index < SCANNED_WORDS && !found; index++) {
		if (words[index] != (before[index] & ~1UL) ||
		    words[index] == before[index])
			continue;
		run_dax(dv_dax_dev);
		if (words[index] == before[index])
			found = &words[index];
	}
	run_dax(dv_dax_dev);
	kfree(before);
	return found;
}

/* The ops of the dax_device, which only dax_set_ops() changes. */
static void *find_device_ops(void)
{
	static const struct dax_operations ops;
	void *found;

	if (!dv_exports.dax_set_ops || dv_exports.dax_set_ops(dv_dax_dev, &ops))
		return NULL;
	found = find(&ops);
	dv_exports.dax_set_ops(dv_dax_dev, NULL);
	return found;
}

static int find_fields(void)
{
	/* Unique addresses. */
	static const struct dax_holder_operations ops;
	void *holder = &saved;
	u64 start;

	/* A super.c that miscounts must not free the device here. */
	dv_device_pin();
	if (fs_dax_get_by_bdev(dv_bdev, &start, holder, &ops) !=
	    dv_dax_dev) {
		pr_err("cannot claim the device\n");
		return -ENODEV;
	}
	addresses[DV_HOLDER_DATA] = find(holder);
	addresses[DV_HOLDER_OPS] = find(&ops);
	fs_put_dax(dv_dax_dev, holder);
	dv_dev_dax_bind(dv_dax_dev);
	addresses[DV_DRIVER] = dv_device() ? &dv_device()->driver : NULL;
	addresses[DV_DEVICE_OPS] = find_device_ops();
	atomic_set(&dv_inode->i_count, 1);
	addresses[DV_FLAGS] = find_flags();
	if (!addresses[DV_HOLDER_DATA] || !addresses[DV_HOLDER_OPS] ||
	    !addresses[DV_FLAGS]) {
		pr_err("cannot find the fields of dax_device\n");
		return -ENODEV;
	}
	return 0;
}

static struct gendisk *alloc_disk(void)
{
#ifdef BLK_FEAT_DAX
	struct queue_limits limits = { .features = BLK_FEAT_DAX };

	return blk_alloc_disk(&limits, NUMA_NO_NODE);
#else
	struct gendisk *made = blk_alloc_disk(NUMA_NO_NODE);

	if (made)
		blk_queue_flag_set(QUEUE_FLAG_DAX, made->queue);
	return made;
#endif
}

static void free_dev_dax(void)
{
	dv_dev_dax_free();
	dv_exports_put();
}

int dv_device_create(void)
{
	int rc;

	dv_exports_get();
	dv_dax_dev = alloc_dax(dv_dev_dax_alloc(), NULL);
	if (IS_ERR_OR_NULL(dv_dax_dev)) {
		rc = dv_dax_dev ? PTR_ERR(dv_dax_dev) : -ENOMEM;
		dv_dax_dev = NULL;
		free_dev_dax();
		return rc;
	}
	dv_inode = dax_inode(dv_dax_dev);
	disk = alloc_disk();
	if (IS_ERR_OR_NULL(disk)) {
		rc = disk ? PTR_ERR(disk) : -ENOMEM;
		disk = NULL;
		goto err;
	}
	set_capacity(disk, DV_DISK_SECTORS);
	dv_bdev = disk->part0;
	rc = dax_add_host(dv_dax_dev, disk);
	if (rc)
		goto err_disk;
	rc = find_fields();
	if (!rc)
		rc = replace_super_block();
	if (!rc)
		return 0;
	dax_remove_host(disk);
err_disk:
	put_disk(disk);
	disk = NULL;
err:
	atomic_set(&dv_inode->i_count, 1);
	kill_dax(dv_dax_dev);
	put_dax(dv_dax_dev);
	dv_dax_dev = NULL;
	free_dev_dax();
	return rc;
}

void dv_device_destroy(void)
{
	const struct dv_device_state end = { .alive = true, .refs = 1 };

	if (!dv_dax_dev)
		return;
	dv_device_set(&end);
	dv_inode->i_sb = real_sb;
	kfree(own_sb);
	dax_remove_host(disk);
	put_disk(disk);
	kill_dax(dv_dax_dev);
	put_dax(dv_dax_dev);
	dv_dax_dev = NULL;
	free_dev_dax();
}
