// SPDX-License-Identifier: GPL-2.0-only
/* The dax_device under test, created once and reset before each execution. */
#include <linux/blkdev.h>
#include <linux/fs.h>

#include "dev_dax.h"
#include "device.h"
#include "exports.h"
#include "fields.h"
#include "inode.h"
#include "operations.h"

bool dv_clears_ops;

static struct gendisk *disk;

void dv_device_set(const struct dv_device_state *state)
{
	unsigned long *flags = dv_field_address(DV_FLAGS);
	const void **device_ops = dv_field_address(DV_DEVICE_OPS);

	dv_inode_revive();
	WRITE_ONCE(*flags, (*flags & ~1UL) | state->alive);
	*(void **)dv_field_address(DV_HOLDER_DATA) = state->holder;
	*(const void **)dv_field_address(DV_HOLDER_OPS) = state->ops;
	if (device_ops)
		*device_ops = state->device_ops;
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
	dv_operations_reset();
	dv_dax_dev = alloc_dax(dv_dev_dax_alloc(), dv_operations);
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
	rc = dv_fields_find();
	if (!rc)
		rc = dv_inode_take();
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
	dv_inode_give_back();
	dax_remove_host(disk);
	put_disk(disk);
	kill_dax(dv_dax_dev);
	put_dax(dv_dax_dev);
	dv_dax_dev = NULL;
	free_dev_dax();
}
