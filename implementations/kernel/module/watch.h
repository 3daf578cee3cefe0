/* SPDX-License-Identifier: GPL-2.0-only */
/* Hardware breakpoints on the fields of a dax_device. */
#ifndef DV_WATCH_H
#define DV_WATCH_H

#include "trace.h"

int dv_watch_start(void);
void dv_watch_stop(void);
void dv_watch_pause(bool pause);
/*
 * Watches one of DV_DEVICE_OPS and DV_DRIVER, or, for DV_NR_FIELDS, neither:
 * a processor has four breakpoints.
 */
int dv_watch_also(enum dv_object object);
/* Moves the thread's breakpoints to the fields of the device. */
int dv_watch_device(const struct dv_thread *thread, enum dv_which which);

#endif
