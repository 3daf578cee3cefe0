/* SPDX-License-Identifier: GPL-2.0-only */
/* The dax_device under test. */
#ifndef DV_DEVICE_H
#define DV_DEVICE_H

#include "program.h"
#include "trace.h"

/* Of drivers/dax/dax-private.h, which is not installed. */
struct inode *dax_inode(struct dax_device *dax_dev);
void run_dax(struct dax_device *dax_dev);

/* Size of the disk: 1 MiB. */
#define DV_DISK_SECTORS	2048

extern struct dax_device *dv_dax_dev;
extern struct inode *dv_inode;
extern struct block_device *dv_bdev;
/* The bound driver's probe set operations: its unbind clears them. */
extern bool dv_clears_ops;

int dv_device_create(void);
void dv_device_destroy(void);

/* NULL for a field that this kernel lacks. */
void *dv_field_address(enum dv_object object);
unsigned long dv_field_value(enum dv_object object);
void dv_device_set(const struct dv_device_state *state);
void dv_device_get(struct dv_device_state *state);
/* True if the inode went through evict() since dv_device_set(). */
bool dv_device_is_evicted(void);
/* Keeps threads that drain from dropping the last reference. */
void dv_device_pin(void);

#endif
