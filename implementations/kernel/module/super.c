// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tree's own file, unmodified, in a kernel that has another one: its
 * exported names get a prefix (names.h), its initcall is called by us. The
 * kernel's headers come first, with their names as they are. names.h,
 * prototypes.h and tree/ are made from the tree by super.ts.
 */
#include <linux/blkdev.h>
#include <linux/cdev.h>
#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/magic.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/pfn_t.h>
#include <linux/pseudo_fs.h>
#include <linux/slab.h>
#include <linux/uio.h>

#include "super.h"

#undef DV_NO_NAMES
#include "names.h"
#include "prototypes.h"

/* Words that came later than this kernel. */
#ifdef DV_NEEDS_inode_just_drop
#define inode_just_drop generic_delete_inode
#endif
#ifdef DV_NEEDS_inode_state_read_once
#define inode_state_read_once(inode) READ_ONCE((inode)->i_state)
#endif

/* What warns once has to warn in each execution. */
#undef WARN_ONCE
#define WARN_ONCE(condition, format...) WARN(condition, format)
#undef WARN_ON_ONCE
#define WARN_ON_ONCE(condition) WARN_ON(condition)

#undef subsys_initcall
#define subsys_initcall(fn) static int (*const boot)(void) = fn
#undef module_exit
#define module_exit(fn) static void (*const shut_down)(void) = fn

#include "tree/super.c"

/* dax_bus_init() is bus.c's, which is not here. */
int dax_bus_init(void)
{
	return 0;
}

void dax_bus_exit(void)
{
}

/* What fs_dax_get() expects of a device since v7.1: a bound dev_dax. */
#ifdef DV_HAVE_FSDEV
static struct dax_device_driver driver = { .type = DAXDRV_FSDEV_TYPE };
static struct dev_dax dev_dax = { .dev = { .driver = &driver.drv } };
#endif

void *dv_super_private(void)
{
#ifdef DV_HAVE_FSDEV
	return &dev_dax;
#else
	return NULL;
#endif
}

/* The device lock, which fs_dax_get() takes to look at the driver (v7.1). */
struct mutex *dv_super_mutex(void)
{
#ifdef DV_HAVE_FSDEV
	return &dev_dax.dev.mutex;
#else
	return NULL;
#endif
}

int dv_super_start(void)
{
#ifdef DV_HAVE_FSDEV
	mutex_init(&dev_dax.dev.mutex);
#endif
	return boot();
}

void dv_super_stop(void)
{
	shut_down();
}
