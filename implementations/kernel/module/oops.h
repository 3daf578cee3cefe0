/* SPDX-License-Identifier: GPL-2.0-only */
/* NULL dereferences of program threads. */
#ifndef DV_OOPS_H
#define DV_OOPS_H

#include <linux/types.h>

/* NULL dereferences are faults; set by dv_oops_start(). */
extern bool dv_oops_is_seen;

/* Not an error where the kernel refuses the probe: an oops then happens. */
void dv_oops_start(void);
void dv_oops_stop(void);

#endif
