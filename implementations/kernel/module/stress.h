/* SPDX-License-Identifier: GPL-2.0-only */
/* Many executions that no schedule drives, to compare with. */
#ifndef DV_STRESS_H
#define DV_STRESS_H

#include "program.h"

#define DV_MAX_ENDS	16

struct dv_stress {
	int tries;
	u64 nanoseconds;
	int nr_ends;
	struct {
		struct dv_device_state state;
		int count;
	} ends[DV_MAX_ENDS];
};

extern struct dv_stress dv_stress;

void dv_stress_run(int tries);

#endif
