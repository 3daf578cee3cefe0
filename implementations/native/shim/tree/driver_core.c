// SPDX-License-Identifier: GPL-2.0-only
/* The driver core, with probe and remove of device-dax and fsdev. */

#ifdef DV_HAVE_FSDEV
static bool clears_ops;

static int set_ops(const struct dax_operations *ops)
{
#ifdef DV_HAVE_DAX_SET_OPS
	return dax_set_ops(dax_dev, ops);
#else
	return -EOPNOTSUPP;
#endif
}

static int device_driver_attach(struct device_driver *drv, struct device *dev,
				const struct dax_operations *ops)
{
	int rc = -EBUSY;

	device_lock(dev);
	if (!dev->driver) {
		dev->driver = drv;
		rc = ops ? set_ops(ops) : 0;
		if (rc) {
			dev->driver = NULL;
		} else {
			clears_ops = ops;
			if (drv != &drivers[DV_KMEM].drv)
				run_dax(dax_dev);
		}
	}
	device_unlock(dev);
	return rc;
}

static void device_release_driver(struct device *dev)
{
	device_lock(dev);
	if (dev->driver) {
		kill_dax(dax_dev);
		if (clears_ops)
			set_ops(NULL);
		clears_ops = false;
		dev->driver = NULL;
	}
	device_unlock(dev);
}

static intptr_t call_device_driver_attach(const struct dv_args *args)
{
	return device_driver_attach(&drivers[args->driver].drv,
				    &dev_daxes[DV_DEVICE].dev,
				    device_ops_of(args));
}

static intptr_t call_device_release_driver(const struct dv_args *args)
{
	device_release_driver(&dev_daxes[DV_DEVICE].dev);
	return 0;
}
#else
#define call_device_driver_attach NULL
#define call_device_release_driver NULL
#endif
