/* SPDX-License-Identifier: GPL-2.0-only */
/* The dax_device under test. */
#ifndef DV_DEVICE_H
#define DV_DEVICE_H

#include "fields.h"
#include "program.h"

/* The bound driver's probe set operations: its unbind clears them. */
extern bool dv_clears_ops;

int dv_device_create(void);
void dv_device_destroy(void);

void dv_device_set(const struct dv_device_state *state);
void dv_device_get(struct dv_device_state *state);

#endif
