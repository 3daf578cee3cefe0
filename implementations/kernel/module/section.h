/* SPDX-License-Identifier: GPL-2.0-only */
/* Read sections of dax_srcu, and synchronize_srcu(). */
#ifndef DV_SECTION_H
#define DV_SECTION_H

#include <linux/kprobes.h>

#include "thread.h"

extern struct kretprobe dv_enter_probe;
extern struct kretprobe dv_leave_probe;
extern struct kretprobe dv_sync_probe;

/* Finds dax_srcu. Needs the probes in place. */
int dv_section_start(void);
void dv_section_stop(void);
void dv_sections_reset(void);

/* True if the thread's synchronize_srcu() still has readers to wait for. */
bool dv_sync_waits(const struct dv_thread *thread);
/* Waits until the thread's synchronize_srcu() ignores new readers. */
void dv_sync_settle(struct dv_thread *thread);
/* Makes the return of synchronize_srcu() an event. */
void dv_sync_end(struct dv_thread *thread);

/* Leaves the sections of a thread that ended or deadlocked inside. */
void dv_leave_sections(struct dv_thread *thread);

/* Sections that setup entered and did not leave: every execution has them. */
void dv_keep_setup_sections(struct dv_thread *thread);
void dv_leave_setup_sections(void);
void dv_enter_setup_sections(void);
void dv_drop_setup_sections(void);

#endif
