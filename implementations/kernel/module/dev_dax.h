/* SPDX-License-Identifier: GPL-2.0-only */
/* Private data of the dax_device: the bound dev_dax that fs_dax_get() wants. */
#ifndef DV_DEV_DAX_H
#define DV_DEV_DAX_H

#include <linux/dax.h>

struct mutex;

/* Headers before v7.1 do not declare it. */
int fs_dax_get(struct dax_device *dax_dev, void *holder,
	       const struct dax_holder_operations *ops);

/* Private data for alloc_dax(); NULL where no call reads it. */
void *dv_dev_dax_alloc(void);
void dv_dev_dax_free(void);
/*
 * Binds the dev_dax to an FSDEV driver. Claims and releases the device, which
 * must be alive and pinned.
 */
void dv_dev_dax_bind(struct dax_device *dax_dev);

/* The reason why fs_dax_get() cannot be called, or NULL. */
const char *dv_fs_dax_get_obstacle(void);
int dv_fs_dax_get(struct dax_device *dax_dev, void *holder,
		  const struct dax_holder_operations *ops);
/* The device lock that fs_dax_get() takes, or NULL. */
struct mutex *dv_device_lock(void);

#endif
