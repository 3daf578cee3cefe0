/* SPDX-License-Identifier: GPL-2.0-only */
/* Types of drivers of dax devices that fs_dax_get() checks. */
#ifndef __DAX_BUS_H__
#define __DAX_BUS_H__

#include <linux/device.h>

enum dax_driver_type {
	DAXDRV_KMEM_TYPE,
	DAXDRV_DEVICE_TYPE,
	DAXDRV_FSDEV_TYPE,
};

struct dax_device_driver {
	struct device_driver drv;
	enum dax_driver_type type;
};

#define to_dax_drv(__drv) \
	container_of_const(__drv, struct dax_device_driver, drv)

#endif
