// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fields of a dax_device and of what belongs to it. super.c keeps its fields
 * private: dv_fields_find() searches the first device for known values. In the
 * log they have the same places.
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

struct dv_dax dv_dax[DV_NR_DEVICES];
/* Address of each field but i_count; NULL where the kernel lacks it. */
static void *addresses[DV_NR_DEVICES][DV_NR_FIELDS];

enum dv_which dv_which_dax(const struct dax_device *dax_dev)
{
	int which;

	for (which = 0; which < dv_nr_devices(); which++)
		if (dv_dax[which].dax_dev == dax_dev)
			return which;
	return DV_NR_DEVICES;
}

enum dv_which dv_which_inode(const struct inode *inode)
{
	int which;

	for (which = 0; which < dv_nr_devices(); which++)
		if (dv_dax[which].inode == inode)
			return which;
	return DV_NR_DEVICES;
}

void *dv_field_address(enum dv_which which, enum dv_object object)
{
	return addresses[which][object];
}

unsigned long dv_field_value(enum dv_which which, enum dv_object object)
{
	void *address = addresses[which][object];
	unsigned long value;

	if (object == DV_I_COUNT)
		return atomic_read(&dv_dax[which].inode->i_count);
	if (!address)
		return 0;
	value = READ_ONCE(*(unsigned long *)address);
	return object == DV_FLAGS ? value & 1 : value;
}

static void set_counts(int count)
{
	int which;

	for (which = 0; which < DV_NR_DEVICES; which++)
		atomic_set(&dv_dax[which].inode->i_count, count);
}

void dv_devices_pin(void)
{
	set_counts(1 << 16);
}

static void *find(const void *value)
{
	unsigned long *words = (unsigned long *)dv_dax[DV_FIRST].dax_dev;
	int index;

	for (index = 0; index < SCANNED_WORDS; index++)
		if (words[index] == (unsigned long)value)
			return &words[index];
	return NULL;
}

/* Finds the word whose lowest bit kill_dax() clears and run_dax() sets. */
static void *find_flags(void)
{
	struct dax_device *dax_dev = dv_dax[DV_FIRST].dax_dev;
	unsigned long *words = (unsigned long *)dax_dev;
	unsigned long *before;
	void *found = NULL;
	int index;

	before = kmemdup(words, SCANNED_WORDS * sizeof(long), GFP_KERNEL);
	if (!before)
		return NULL;
	kill_dax(dax_dev);
	for (index = 0; index < SCANNED_WORDS && !found; index++) {
		if (words[index] != (before[index] & ~1UL) ||
		    words[index] == before[index])
			continue;
		run_dax(dax_dev);
		if (words[index] == before[index])
			found = &words[index];
	}
	run_dax(dax_dev);
	kfree(before);
	return found;
}

/* Gives the log the fields that the first device has. */
static void find_of_log(void)
{
	char *first = (char *)dv_dax[DV_FIRST].dax_dev;
	char *log = (char *)dv_dax[DV_LOG].dax_dev;
	int object;

	for (object = 0; object < DV_NR_FIELDS; object++) {
		char *address = addresses[DV_FIRST][object];

		if (address)
			addresses[DV_LOG][object] = log + (address - first);
	}
}

/* Sets the addresses of driver and ops; clears ops. */
static void find_of_drivers(void)
{
	int which;

	for (which = 0; which < DV_NR_DEVICES; which++) {
		struct device *device = dv_device(which);
		void **device_ops = addresses[which][DV_DEVICE_OPS];

		addresses[which][DV_DRIVER] = device ? &device->driver : NULL;
		if (device_ops)
			*device_ops = NULL;
	}
}

int dv_fields_find(void)
{
	/* Unique addresses. */
	static const struct dax_holder_operations ops;
	struct dax_device *dax_dev = dv_dax[DV_FIRST].dax_dev;
	void **of_first = addresses[DV_FIRST];
	void *holder = &addresses;
	u64 start;

	/* A super.c that miscounts must not free the device here. */
	dv_devices_pin();
	if (fs_dax_get_by_bdev(dv_dax[DV_FIRST].bdev, &start, holder, &ops) !=
	    dax_dev) {
		pr_err("cannot claim the device\n");
		return -ENODEV;
	}
	of_first[DV_HOLDER_DATA] = find(holder);
	of_first[DV_HOLDER_OPS] = find(&ops);
	fs_put_dax(dax_dev, holder);
	dv_dev_dax_bind(dax_dev);
	of_first[DV_DEVICE_OPS] = find(dv_operations);
	set_counts(1);
	of_first[DV_FLAGS] = find_flags();
	if (!of_first[DV_HOLDER_DATA] || !of_first[DV_HOLDER_OPS] ||
	    !of_first[DV_FLAGS]) {
		pr_err("cannot find the fields of dax_device\n");
		return -ENODEV;
	}
	find_of_log();
	find_of_drivers();
	return 0;
}
