// SPDX-License-Identifier: GPL-2.0-only
/* The dax_devices under test, created once and reset before each execution. */
#include <linux/blkdev.h>
#include <linux/fs.h>

#include "dev_dax.h"
#include "device.h"
#include "exports.h"
#include "fields.h"
#include "inode.h"
#include "operations.h"

bool dv_clears_ops;

static struct gendisk *disks[DV_NR_DEVICES];

/* Stands for queue_limits_set(), which drivers of disks call. */
static void set_dax(struct request_queue *queue, bool dax)
{
#ifdef BLK_FEAT_DAX
	queue->limits.features &= ~BLK_FEAT_DAX;
	if (dax)
		queue->limits.features |= BLK_FEAT_DAX;
#else
	if (dax)
		blk_queue_flag_set(QUEUE_FLAG_DAX, queue);
	else
		blk_queue_flag_clear(QUEUE_FLAG_DAX, queue);
#endif
}

void dv_disk_set_dax(bool dax)
{
	set_dax(disks[DV_FIRST]->queue, dax);
}

static void set(enum dv_which which, const struct dv_device_state *state)
{
	unsigned long *flags = dv_field_address(which, DV_FLAGS);
	const void **device_ops = dv_field_address(which, DV_DEVICE_OPS);
	struct dv_dax *dax = &dv_dax[which];

	dv_inode_revive(which);
	WRITE_ONCE(*flags, (*flags & ~1UL) | state->alive);
	*(void **)dv_field_address(which, DV_HOLDER_DATA) = state->holder;
	*(const void **)dv_field_address(which, DV_HOLDER_OPS) = state->ops;
	if (device_ops)
		*device_ops = state->device_ops;
	if (dv_device(which))
		dv_device(which)->driver = state->driver;
	set_dax(disks[which]->queue, !state->without_dax);
	dax->bdev->bd_start_sect = state->start;
	dax->bdev->bd_nr_sectors = state->sectors;
	atomic_set(&dax->inode->i_count, state->refs);
}

void dv_devices_set(const struct dv_device_state *states)
{
	int which;

	for (which = 0; which < dv_nr_devices(); which++)
		set(which, &states[which]);
	dv_clears_ops = states[DV_FIRST].clears_ops;
}

static void get(enum dv_which which, struct dv_device_state *state)
{
	state->alive = dv_field_value(which, DV_FLAGS);
	state->holder = (void *)dv_field_value(which, DV_HOLDER_DATA);
	state->ops = (void *)dv_field_value(which, DV_HOLDER_OPS);
	state->refs = dv_field_value(which, DV_I_COUNT);
	state->device_ops = (void *)dv_field_value(which, DV_DEVICE_OPS);
	state->driver = (void *)dv_field_value(which, DV_DRIVER);
	state->without_dax = !blk_queue_dax(disks[which]->queue);
	state->start = dv_dax[which].bdev->bd_start_sect;
	state->sectors = dv_dax[which].bdev->bd_nr_sectors;
}

void dv_devices_get(struct dv_device_state *states)
{
	int which;

	for (which = 0; which < dv_nr_devices(); which++)
		get(which, &states[which]);
	states[DV_FIRST].clears_ops = dv_clears_ops;
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

static int create(enum dv_which which)
{
	void *private = dv_dev_dax_alloc(which);
	struct dax_device *dax_dev = alloc_dax(private, dv_operations);
	struct gendisk *disk;
	int rc;

	if (IS_ERR_OR_NULL(dax_dev))
		return dax_dev ? PTR_ERR(dax_dev) : -ENOMEM;
	dv_dax[which].dax_dev = dax_dev;
	dv_dax[which].inode = dax_inode(dax_dev);
	disk = alloc_disk();
	if (IS_ERR_OR_NULL(disk))
		return disk ? PTR_ERR(disk) : -ENOMEM;
	set_capacity(disk, DV_DISK_SECTORS);
	rc = dax_add_host(dax_dev, disk);
	if (rc) {
		put_disk(disk);
		return rc;
	}
	dv_dax[which].bdev = disk->part0;
	disks[which] = disk;
	return 0;
}

static void destroy(enum dv_which which)
{
	struct dax_device *dax_dev = dv_dax[which].dax_dev;

	if (disks[which]) {
		dax_remove_host(disks[which]);
		put_disk(disks[which]);
		disks[which] = NULL;
	}
	if (!dax_dev)
		return;
	atomic_set(&dv_dax[which].inode->i_count, 1);
	kill_dax(dax_dev);
	put_dax(dax_dev);
	dv_dax[which].dax_dev = NULL;
}

static void destroy_all(void)
{
	int which;

	for (which = 0; which < DV_NR_DEVICES; which++)
		destroy(which);
	dv_dev_dax_free();
	dv_exports_put();
}

int dv_devices_create(void)
{
	int which, rc = 0;

	dv_exports_get();
	dv_operations_reset();
	for (which = 0; which < DV_NR_DEVICES && !rc; which++)
		rc = create(which);
	if (!rc)
		rc = dv_fields_find();
	if (!rc)
		rc = dv_inodes_take();
	if (rc)
		destroy_all();
	return rc;
}

void dv_devices_destroy(void)
{
	const struct dv_device_state end = { .alive = true, .refs = 1 };
	int which;

	if (!dv_dax[DV_FIRST].dax_dev)
		return;
	for (which = 0; which < DV_NR_DEVICES; which++)
		set(which, &end);
	dv_inodes_give_back();
	destroy_all();
}
