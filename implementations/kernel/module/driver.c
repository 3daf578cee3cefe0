// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver core, with probe and remove of device-dax, fsdev and kmem. The
 * struct device is not registered, so the core's own functions cannot be
 * called.
 */
#include <linux/dax.h>
#include <linux/device.h>

#include "dev_dax.h"
#include "device.h"
#include "driver.h"
#include "exports.h"
#include "operations.h"

int dv_set_ops(struct dax_device *dax_dev, int of)
{
	if (!dv_exports.dax_set_ops)
		return -EOPNOTSUPP;
	return dv_exports.dax_set_ops(dax_dev,
				      of < 0 ? NULL : &dv_operations[of]);
}

int dv_attach_driver(enum dv_driver type, int ops_of)
{
	struct dax_device *dax_dev = dv_dax[DV_FIRST].dax_dev;
	struct device *device = dv_device(DV_FIRST);
	int rc = -EBUSY;

	mutex_lock(&device->mutex);
	if (!device->driver) {
		device->driver = dv_driver(type);
		rc = ops_of < 0 ? 0 : dv_set_ops(dax_dev, ops_of);
		if (rc) {
			device->driver = NULL;
		} else {
			dv_clears_ops = ops_of >= 0;
			if (type != DV_KMEM)
				run_dax(dax_dev);
		}
	}
	mutex_unlock(&device->mutex);
	return rc;
}

void dv_release_driver(void)
{
	struct dax_device *dax_dev = dv_dax[DV_FIRST].dax_dev;
	struct device *device = dv_device(DV_FIRST);

	mutex_lock(&device->mutex);
	if (device->driver) {
		kill_dax(dax_dev);
		if (dv_clears_ops)
			dv_set_ops(dax_dev, -1);
		dv_clears_ops = false;
		device->driver = NULL;
	}
	mutex_unlock(&device->mutex);
}
