/* SPDX-License-Identifier: GPL-2.0-only */
/* A tree's own drivers/dax/super.c as a part of the module, or its absence. */
#ifndef DV_SUPER_H
#define DV_SUPER_H

#include <linux/stddef.h>

#include "program.h"

struct device;
struct device_driver;

#ifdef DV_SUPER
int dv_super_start(void);
void dv_super_stop(void);
/* Private data for alloc_dax(). */
void *dv_super_private(enum dv_which which);
/* The bound device of the tree, or NULL. */
struct device *dv_super_device(enum dv_which which);
struct device_driver *dv_super_driver(enum dv_driver type);
#else
static inline int dv_super_start(void)
{
	return 0;
}

static inline void dv_super_stop(void)
{
}
#endif

#endif
