/* SPDX-License-Identifier: GPL-2.0-only */
/* Drivers of the first device. */
#ifndef DV_DRIVER_H
#define DV_DRIVER_H

#include <linux/dax.h>

#include "program.h"

/* of: the holder whose dax_operations are set, or -1 for NULL. */
int dv_set_ops(struct dax_device *dax_dev, int of);

/* ops_of: the holder whose dax_operations probe sets, or -1 for none. */
int dv_attach_driver(enum dv_driver type, int ops_of);
void dv_release_driver(void);

#endif
