// SPDX-License-Identifier: GPL-2.0-only
/*
 * fs_dax_get() requires a device whose private data is a struct dev_dax that is
 * bound to a driver of DAXDRV_FSDEV_TYPE (v7.1). Kernel headers do not define
 * these structures, so this file fills a buffer until fs_dax_get() accepts it:
 * a probe on mutex_lock() shows where the struct device is, and the driver's
 * type is found by trying values.
 */
#include <linux/device.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "dev_dax.h"
#include "super.h"

#ifdef DV_SUPER
void *dv_dev_dax_alloc(void)
{
	return dv_super_private();
}

void dv_dev_dax_free(void)
{
}

void dv_dev_dax_bind(struct dax_device *dax_dev)
{
}

const char *dv_fs_dax_get_obstacle(void)
{
#ifdef DV_HAVE_FS_DAX_GET
	return NULL;
#else
	return "super.c does not export it";
#endif
}

int dv_fs_dax_get(struct dax_device *dax_dev, void *holder,
		  const struct dax_holder_operations *ops)
{
#ifdef DV_HAVE_FS_DAX_GET
	return fs_dax_get(dax_dev, holder, ops);
#else
	return -EOPNOTSUPP;
#endif
}

struct mutex *dv_device_lock(void)
{
	return dv_super_mutex();
}
#else
#define DEV_DAX_BYTES	(16 << 10)
/* Values of enum dax_driver_type to try. */
#define MAX_TYPES	8

static int (*get)(struct dax_device *dax_dev, void *holder,
		  const struct dax_holder_operations *ops);
static void *dev_dax;
static struct mutex *lock;
/* NULL once the dev_dax is bound. */
static const char *obstacle = "the kernel does not export it";
/* Set while the probe waits for this task to lock the device. */
static struct task_struct *prober;

/* A struct dax_device_driver: its type is one of the words after driver. */
static struct {
	struct device_driver driver;
	int words[64];
} dax_driver;

void *dv_dev_dax_alloc(void)
{
	get = symbol_get(fs_dax_get);
	if (get)
		dev_dax = kzalloc(DEV_DAX_BYTES, GFP_KERNEL);
	return dev_dax;
}

void dv_dev_dax_free(void)
{
	if (get)
		symbol_put(fs_dax_get);
	get = NULL;
	lock = NULL;
	kfree(dev_dax);
	dev_dax = NULL;
}

/* Initialises the mutex before mutex_lock() takes it. */
static int on_mutex_lock(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned long offset = regs->di - (unsigned long)dev_dax;

	if (current == prober && offset < DEV_DAX_BYTES && !lock) {
		lock = (struct mutex *)regs->di;
		mutex_init(lock);
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
	int rc = get(dax_dev, &dax_driver, &ops);

	if (!rc)
		fs_put_dax(dax_dev, &dax_driver);
	return rc;
}

/* Returns the reason why fs_dax_get() does not accept the dev_dax, or NULL. */
static const char *bind(struct dax_device *dax_dev)
{
	int type, index;

	if (!dev_dax)
		return obstacle;
	if (register_kprobe(&lock_probe))
		return "the kernel refuses a probe on mutex_lock()";
	prober = current;
	try_claim(dax_dev);
	prober = NULL;
	unregister_kprobe(&lock_probe);
	if (!lock)
		return "it locks no device of the module";
	container_of(lock, struct device, mutex)->driver = &dax_driver.driver;
	for (type = 0; type < MAX_TYPES; type++) {
		for (index = 0; index < ARRAY_SIZE(dax_driver.words); index++)
			dax_driver.words[index] = type;
		if (!try_claim(dax_dev))
			return NULL;
	}
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

int dv_fs_dax_get(struct dax_device *dax_dev, void *holder,
		  const struct dax_holder_operations *ops)
{
	return get(dax_dev, holder, ops);
}

struct mutex *dv_device_lock(void)
{
	return obstacle ? NULL : lock;
}
#endif
