/* SPDX-License-Identifier: GPL-2.0-only */
/* The dax_devices under test. */
#ifndef DV_DEVICE_H
#define DV_DEVICE_H

#include "fields.h"
#include "program.h"

/* The probe of the first device's driver set operations: its unbind clears them. */
extern bool dv_clears_ops;

int dv_devices_create(void);
void dv_devices_destroy(void);

/* Of each device of the program: states has DV_NR_DEVICES. */
void dv_devices_set(const struct dv_device_state *states);
void dv_devices_get(struct dv_device_state *states);

/* Sets whether the disk of the first device supports DAX. */
void dv_disk_set_dax(bool dax);

#endif
