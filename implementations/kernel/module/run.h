/* SPDX-License-Identifier: GPL-2.0-only */
/* One execution of the program. */
#ifndef DV_RUN_H
#define DV_RUN_H

#include "program.h"

struct dv_run {
	struct dv_device_state start[DV_NR_DEVICES];
	struct dv_device_state end[DV_NR_DEVICES];
};

extern struct dv_run dv_run;

/* Takes a new program: makes its setup calls once. Returns an error or NULL. */
const char *dv_prepare(void);
void dv_execute(const u8 *schedule, int length);
/* Sets the devices to their state after setup. */
void dv_reset(void);
/* Lets every thread return; false if one does not. */
bool dv_drain(void);

#endif
