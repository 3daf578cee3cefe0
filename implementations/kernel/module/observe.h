/* SPDX-License-Identifier: GPL-2.0-only */
/* Starts, pauses and stops all breakpoints and probes. */
#ifndef DV_OBSERVE_H
#define DV_OBSERVE_H

#include <linux/types.h>

int dv_observe_start(void);
void dv_observe_stop(void);
void dv_observe_pause(bool pause);

#endif
