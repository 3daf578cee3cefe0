/* SPDX-License-Identifier: GPL-2.0-only */
/* Fields of the devices under test. */
#ifndef DV_FIELDS_H
#define DV_FIELDS_H

#include "program.h"
#include "trace.h"

/* Of drivers/dax/dax-private.h, which is not installed. */
struct inode *dax_inode(struct dax_device *dax_dev);
void run_dax(struct dax_device *dax_dev);

extern struct dv_dax {
	struct dax_device *dax_dev;
	struct inode *inode;
	struct block_device *bdev;
} dv_dax[DV_NR_DEVICES];

/* The device of the program, or DV_NR_DEVICES for any other pointer. */
enum dv_which dv_which_dax(const struct dax_device *dax_dev);
enum dv_which dv_which_inode(const struct inode *inode);

/* NULL for a field that this kernel lacks. */
void *dv_field_address(enum dv_which which, enum dv_object object);
unsigned long dv_field_value(enum dv_which which, enum dv_object object);

/*
 * Finds the fields of the devices, which must be alive and not claimed and have
 * the operations of driver 0. Clears these.
 */
int dv_fields_find(void);
/* Keeps threads that drain from dropping the last reference. */
void dv_devices_pin(void);

#endif
