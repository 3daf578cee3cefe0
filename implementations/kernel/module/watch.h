/* SPDX-License-Identifier: GPL-2.0-only */
/* Hardware breakpoints on the fields of the dax_device. */
#ifndef DV_WATCH_H
#define DV_WATCH_H

#include <linux/types.h>

int dv_watch_start(void);
void dv_watch_stop(void);
void dv_watch_pause(bool pause);

#endif
