// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compiles a tree's own super.c, unmodified, for a kernel that has another one.
 * names.h gives its exported names a prefix; dv_super_start() calls its
 * initcall. The kernel's headers come before names.h and keep their names.
 * super.ts generates names.h, prototypes.h and tree/ from the tree.
 */
#include <linux/blkdev.h>
#include <linux/cacheinfo.h>
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
#include <linux/pseudo_fs.h>
#include <linux/slab.h>
#include <linux/uio.h>

#include "super.h"

/* Words that only newer kernels have, or only older ones; super.ts looks. */
#ifdef DV_NEEDS_inode_just_drop
#define inode_just_drop		generic_delete_inode
#endif
#ifdef DV_NEEDS_generic_delete_inode
#define generic_delete_inode	inode_just_drop
#endif
#ifdef DV_NEEDS_inode_state_read_once
#define inode_state_read_once(inode) READ_ONCE((inode)->i_state)
#endif
#ifdef DV_HAVE_INODE_STATE_RAW
#define i_state			i_state.__state
#endif
#ifdef DV_NEEDS_pfn_t
struct dv_pfn {
	u64 val;
};

#define pfn_t			struct dv_pfn
#endif
#ifdef DV_NEEDS_dax_mem2blk_err
#define dax_mem2blk_err(err)	(err)
#endif
#ifdef DV_NEEDS_cpu_dcache_is_aliasing
#define cpu_dcache_is_aliasing() false
#endif
#ifdef DV_NEEDS_SLAB_MEM_SPREAD
#define SLAB_MEM_SPREAD		0
#endif
#ifdef DV_NEEDS_MF_MEM_PRE_REMOVE
#define MF_MEM_PRE_REMOVE	BIT(7)
#endif

#undef DV_NO_NAMES
#include "names.h"
#include "prototypes.h"

/* Each execution needs its warnings. */
#undef WARN_ONCE
#define WARN_ONCE(condition, format...) WARN(condition, format)
#undef WARN_ON_ONCE
#define WARN_ON_ONCE(condition) WARN_ON(condition)

#undef subsys_initcall
#define subsys_initcall(fn) static int (*const boot)(void) = fn
#undef module_exit
#define module_exit(fn) static void (*const shut_down)(void) = fn

#include "tree/super.c"

/* Stubs for bus.c. */
int dax_bus_init(void)
{
	return 0;
}

void dax_bus_exit(void)
{
}

/* Bound dev_dax, which fs_dax_get() requires since v7.1. */
#ifdef DV_HAVE_FSDEV
static struct dax_device_driver drivers[DV_NR_DRIVERS] = {
	[DV_FSDEV] = { .type = DAXDRV_FSDEV_TYPE },
	[DV_DEVICE_DAX] = { .type = DAXDRV_DEVICE_TYPE },
	[DV_KMEM] = { .type = DAXDRV_KMEM_TYPE },
};

static struct dev_dax dev_dax[DV_NR_DEVICES] = {
	{ .dev = { .driver = &drivers[DV_FSDEV].drv } },
	{ .dev = { .driver = &drivers[DV_FSDEV].drv } },
};

void *dv_super_private(enum dv_which which)
{
	return &dev_dax[which];
}

struct device *dv_super_device(enum dv_which which)
{
	return &dev_dax[which].dev;
}

struct device_driver *dv_super_driver(enum dv_driver type)
{
	return &drivers[type].drv;
}
#else
static int no_dev_dax;

void *dv_super_private(enum dv_which which)
{
	return &no_dev_dax;
}

struct device *dv_super_device(enum dv_which which)
{
	return NULL;
}

struct device_driver *dv_super_driver(enum dv_driver type)
{
	return NULL;
}
#endif

int dv_super_start(void)
{
#ifdef DV_HAVE_FSDEV
	int which;

	for (which = 0; which < DV_NR_DEVICES; which++)
		mutex_init(&dev_dax[which].dev.mutex);
#endif
	return boot();
}

void dv_super_stop(void)
{
	shut_down();
}
