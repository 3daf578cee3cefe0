/* SPDX-License-Identifier: GPL-2.0-only */
/* A tree's own drivers/dax/super.c as a part of the module, or its absence. */
#ifndef DV_SUPER_H
#define DV_SUPER_H

#include <linux/stddef.h>

struct mutex;

#ifdef DV_SUPER
int dv_super_start(void);
void dv_super_stop(void);
/* Private data for alloc_dax(). */
void *dv_super_private(void);
/* Returns the device lock of the tree, or NULL. */
struct mutex *dv_super_mutex(void);
#else
static inline int dv_super_start(void)
{
	return 0;
}

static inline void dv_super_stop(void)
{
}

static inline void *dv_super_private(void)
{
	return NULL;
}

static inline struct mutex *dv_super_mutex(void)
{
	return NULL;
}
#endif

#endif
