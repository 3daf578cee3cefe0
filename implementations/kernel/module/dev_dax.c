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

/* NULL until dv_dev_dax_bind() has found them. */
static struct device *devices[DV_NR_DEVICES];

#ifdef DV_SUPER
void *dv_dev_dax_alloc(enum dv_which which)
{
	return dv_super_private(which);
}

void dv_dev_dax_free(void)
{
	memset(devices, 0, sizeof(devices));
}

void dv_dev_dax_bind(struct dax_device *dax_dev)
{
	int which;

	if (!dv_exports.fs_dax_get)
		return;
	for (which = 0; which < DV_NR_DEVICES; which++)
		devices[which] = dv_super_device(which);
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

static void *dev_dax[DV_NR_DEVICES];
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

void *dv_dev_dax_alloc(enum dv_which which)
{
	dev_dax[which] = kzalloc(DEV_DAX_BYTES, GFP_KERNEL);
	return dev_dax[which];
}

void dv_dev_dax_free(void)
{
	int which;

	found_lock = NULL;
	for (which = 0; which < DV_NR_DEVICES; which++) {
		devices[which] = NULL;
		kfree(dev_dax[which]);
		dev_dax[which] = NULL;
	}
}

/* Initialises the mutex before mutex_lock() takes it. */
static int on_mutex_lock(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned long offset = regs->di - (unsigned long)dev_dax[DV_FIRST];

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

/* Binds the device at the same place in each dev_dax. */
static void bind_each(struct device *first)
{
	unsigned long offset = (char *)first - (char *)dev_dax[DV_FIRST];
	int which;

	for (which = 0; which < DV_NR_DEVICES; which++) {
		struct device *device = dev_dax[which] + offset;

		if (which != DV_FIRST)
			mutex_init(&device->mutex);
		device->driver = dv_driver(DV_FSDEV);
		devices[which] = device;
	}
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
	bind_each(container_of(found_lock, struct device, mutex));
	for (type = 0; type < MAX_TYPES; type++) {
		set_type(DV_FSDEV, type);
		if (!try_claim(dax_dev)) {
			/* Any other types. */
			set_type(DV_DEVICE_DAX, type + 1);
			set_type(DV_KMEM, type + 2);
			return NULL;
		}
	}
	memset(devices, 0, sizeof(devices));
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

struct device *dv_device(enum dv_which which)
{
	return devices[which];
}

struct mutex *dv_device_lock(enum dv_which which)
{
	return devices[which] ? &devices[which]->mutex : NULL;
}
