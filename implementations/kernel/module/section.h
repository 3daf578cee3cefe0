/* SPDX-License-Identifier: GPL-2.0-only */
/* Read sections of dax_srcu. */
#ifndef DV_SECTION_H
#define DV_SECTION_H

#include <linux/kprobes.h>

#include "thread.h"

extern struct kretprobe dv_enter_probe;
extern struct kretprobe dv_leave_probe;

/* Private to super.c: dv_section_start() finds it. */
extern struct srcu_struct *dv_dax_srcu;

/* Finds dax_srcu. Needs the probes in place. */
int dv_section_start(void);
void dv_section_stop(void);
void dv_sections_reset(void);

/* Stores the serial of each open section; returns their number. */
int dv_open_sections(int serials[DV_MAX_DEPTH]);
bool dv_section_is_open(int serial);
/* Returns the SRCU index of an open section, or -1. */
int dv_section_idx(void);

/* Leaves the sections of a thread that ended or deadlocked inside. */
void dv_leave_sections(struct dv_thread *thread);

/* Sections that setup entered and did not leave: every execution has them. */
void dv_keep_setup_sections(struct dv_thread *thread);
void dv_leave_setup_sections(void);
void dv_enter_setup_sections(void);
void dv_drop_setup_sections(void);

#endif
