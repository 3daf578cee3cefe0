/* SPDX-License-Identifier: GPL-2.0-only */
/* Fields of the device under test. */
#ifndef DV_FIELDS_H
#define DV_FIELDS_H

#include "program.h"
#include "trace.h"

/* Of drivers/dax/dax-private.h, which is not installed. */
struct inode *dax_inode(struct dax_device *dax_dev);
void run_dax(struct dax_device *dax_dev);

extern struct dax_device *dv_dax_dev;
extern struct inode *dv_inode;
extern struct block_device *dv_bdev;

/* NULL for a field that this kernel lacks. */
void *dv_field_address(enum dv_object object);
unsigned long dv_field_value(enum dv_object object);

/*
 * Finds the fields of the device, which must be alive and not claimed and have
 * the operations of driver 0. Clears these.
 */
int dv_fields_find(void);
/* Keeps threads that drain from dropping the last reference. */
void dv_device_pin(void);

#endif
