// SPDX-License-Identifier: GPL-2.0-only
/*
 * fs_dax_get() requires a device whose private data is a struct dev_dax that is
 * bound to a driver of DAXDRV_FSDEV_TYPE (v7.1). Kernel headers do not define
 * these structures, so this file fills a buffer until fs_dax_get() accepts it:
 * a probe on mutex_lock() shows where the struct device is, and the driver's
 * type is found by trying values. A tree's own super.c has its dev_dax.
 */
#include <linux/kprobes.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "dev_dax.h"
#include "exports.h"
#include "super.h"

/* NULL until dv_dev_dax_bind() has found it. */
static struct device *device;

#ifdef DV_SUPER
void *dv_dev_dax_alloc(void)
{
	return dv_super_private();
}

void dv_dev_dax_free(void)
{
	device = NULL;
}

void dv_dev_dax_bind(struct dax_device *dax_dev)
{
	if (dv_exports.fs_dax_get)
		device = dv_super_device();
}

const char *dv_fs_dax_get_obstacle(void)
{
	return dv_exports.fs_dax_get ? NULL : "super.c does not export it";
}

struct device_driver *dv_driver(enum dv_driver type)
{
	return dv_super_driver(type);
}
#else
#define DEV_DAX_BYTES	(16 << 10)
/* Values of enum dax_driver_type to try. */
#define MAX_TYPES	8

static void *dev_dax;
/* NULL once the dev_dax is bound. */
static const char *obstacle;
/* Set while the probe waits for this task to lock the device. */
static struct task_struct *prober;
static struct mutex *found_lock;

/* A struct dax_device_driver: its type is one of the words after driver. */
static struct dax_driver {
	struct device_driver driver;
	int words[64];
} drivers[DV_NR_DRIVERS];

void *dv_dev_dax_alloc(void)
{
	dev_dax = kzalloc(DEV_DAX_BYTES, GFP_KERNEL);
	return dev_dax;
}

void dv_dev_dax_free(void)
{
	device = NULL;
	found_lock = NULL;
	kfree(dev_dax);
	dev_dax = NULL;
}

/* Initialises the mutex before mutex_lock() takes it. */
static int on_mutex_lock(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned long offset = regs->di - (unsigned long)dev_dax;

	if (current == prober && offset < DEV_DAX_BYTES && !found_lock) {
		found_lock = (struct mutex *)regs->di;
		mutex_init(found_lock);
	}
	return 0;
}

static struct kprobe lock_probe = {
	.symbol_name = "mutex_lock",
	.pre_handler = on_mutex_lock,
};

static int try_claim(struct dax_device *dax_dev)
{
	static const struct dax_holder_operations ops;
	int rc = dv_exports.fs_dax_get(dax_dev, &drivers, &ops);

	if (!rc)
		fs_put_dax(dax_dev, &drivers);
	return rc;
}

static void set_type(enum dv_driver driver, int type)
{
	int index;

	for (index = 0; index < ARRAY_SIZE(drivers->words); index++)
		drivers[driver].words[index] = type;
}

/* Returns the reason why fs_dax_get() does not accept the dev_dax, or NULL. */
static const char *bind(struct dax_device *dax_dev)
{
	int type;

	if (!dv_exports.fs_dax_get)
		return "the kernel does not export it";
	if (register_kprobe(&lock_probe))
		return "the kernel refuses a probe on mutex_lock()";
	prober = current;
	try_claim(dax_dev);
	prober = NULL;
	unregister_kprobe(&lock_probe);
	if (!found_lock)
		return "it locks no device of the module";
	device = container_of(found_lock, struct device, mutex);
	device->driver = dv_driver(DV_FSDEV);
	for (type = 0; type < MAX_TYPES; type++) {
		set_type(DV_FSDEV, type);
		if (!try_claim(dax_dev)) {
			/* Any other types. */
			set_type(DV_DEVICE_DAX, type + 1);
			set_type(DV_KMEM, type + 2);
			return NULL;
		}
	}
	device = NULL;
	return "it accepts no driver type that the module tries";
}

void dv_dev_dax_bind(struct dax_device *dax_dev)
{
	obstacle = bind(dax_dev);
}

const char *dv_fs_dax_get_obstacle(void)
{
	return obstacle;
}

struct device_driver *dv_driver(enum dv_driver type)
{
	return &drivers[type].driver;
}
#endif

struct device *dv_device(void)
{
	return device;
}

struct mutex *dv_device_lock(void)
{
	return device ? &device->mutex : NULL;
}
