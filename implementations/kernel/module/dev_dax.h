/* SPDX-License-Identifier: GPL-2.0-only */
/* Private data of each dax_device: the dev_dax that fs_dax_get() wants. */
#ifndef DV_DEV_DAX_H
#define DV_DEV_DAX_H

#include <linux/dax.h>
#include <linux/device.h>

#include "program.h"

/* Private data for alloc_dax(); not NULL. */
void *dv_dev_dax_alloc(enum dv_which which);
void dv_dev_dax_free(void);
/*
 * Finds the struct device in each dev_dax and binds it to an FSDEV driver.
 * Claims and releases the first device, which must be alive and pinned.
 */
void dv_dev_dax_bind(struct dax_device *dax_dev);

/* The reason why fs_dax_get() cannot be called, or NULL. */
const char *dv_fs_dax_get_obstacle(void);
/* The struct device whose driver fs_dax_get() looks at, or NULL. */
struct device *dv_device(enum dv_which which);
/* The device lock, or NULL. */
struct mutex *dv_device_lock(enum dv_which which);
struct device_driver *dv_driver(enum dv_driver type);

#endif
