// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fields of the dax_device and of what belongs to it. super.c keeps its fields
 * private: dv_fields_find() searches for known values.
 */
#include <linux/blkdev.h>
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/slab.h>

#include "dev_dax.h"
#include "fields.h"
#include "operations.h"
#include "super.h"

#define SCANNED_BYTES	(sizeof(struct inode) + sizeof(struct cdev) + 256)
#define SCANNED_WORDS	((int)(SCANNED_BYTES / sizeof(long)))

struct dax_device *dv_dax_dev;
struct inode *dv_inode;
struct block_device *dv_bdev;
/* Address of each field but i_count; NULL where the kernel lacks it. */
static void *addresses[DV_NR_FIELDS];

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

int dv_fields_find(void)
{
	/* Unique addresses. */
	static const struct dax_holder_operations ops;
	void *holder = &addresses;
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
	addresses[DV_DEVICE_OPS] = find(dv_operations);
	if (addresses[DV_DEVICE_OPS])
		*(void **)addresses[DV_DEVICE_OPS] = NULL;
	atomic_set(&dv_inode->i_count, 1);
	addresses[DV_FLAGS] = find_flags();
	if (!addresses[DV_HOLDER_DATA] || !addresses[DV_HOLDER_OPS] ||
	    !addresses[DV_FLAGS]) {
		pr_err("cannot find the fields of dax_device\n");
		return -ENODEV;
	}
	return 0;
}
