/* SPDX-License-Identifier: GPL-2.0-only */
/* The calls of a program, and the callbacks of its holders. */
#ifndef DV_CALLS_H
#define DV_CALLS_H

#include "program.h"
#include "thread.h"

extern struct dax_holder_operations dv_ops[DV_MAX_HOLDERS];

/* Gives each holder a callback. */
void dv_ops_reset(void);

void *dv_holder_pointer(int holder);
const char *dv_holder_name(unsigned long pointer);
const char *dv_ops_name(unsigned long pointer);

/* last: the thread ends with these calls. */
void dv_make_calls(struct dv_thread *thread, const struct dv_calls *calls,
		   bool last);

#endif
