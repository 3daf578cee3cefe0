/* SPDX-License-Identifier: GPL-2.0-only */
/* Values and results as words. */
#ifndef DV_VALUE_H
#define DV_VALUE_H

#include "trace.h"

void dv_print_value(enum dv_object object, unsigned long value);
/* Prints the two words of a return event: *start_off, and the result. */
void dv_print_result(const struct dv_event *event);

/* Prints NAME ALIVE HOLDER OPS REFS. */
void dv_print_state(const char *name, const struct dv_device_state *state);

#endif
