/* SPDX-License-Identifier: GPL-2.0-only */
/* A hardware breakpoint on eight bytes of memory. */
#ifndef DV_BREAKPOINT_H
#define DV_BREAKPOINT_H

#include <linux/perf_event.h>

/* Breakpoints see locked instructions; set by dv_breakpoint_test(). */
extern bool dv_breakpoint_sees_locked;

int dv_breakpoint_test(void);

/* Fills in the attributes for reads and writes of the address. */
void dv_breakpoint_attr(struct perf_event_attr *attr, const void *address);
/* Interrupts the breakpoint's processor. */
int dv_breakpoint_move(struct perf_event *event, const void *address);

#endif
