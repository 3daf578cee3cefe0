/* SPDX-License-Identifier: MIT */
/* Writes the events and records of the current execution. */
#ifndef DV_TRACE_H
#define DV_TRACE_H

#include "device.h"
#include "run.h"

/* Sets the table that object names are added to. It must be empty. */
void dv_set_names(struct dv_names *names);

/*
 * Number of an object that is not a field. These follow the fields, in the
 * order of first use; names are compared by address.
 */
int dv_object_number(const char *name);

void dv_add_record(const struct dv_record *record);

/* Adds the pending event of a thread. */
void dv_add_event(struct thread *thread, uint32_t enabled);

/* Fills in the new value of the latest access, which has happened by now. */
static inline void dv_complete_event(void)
{
	struct dv_event *event = dv_run.incomplete;

	if (event) {
		event->new = dv_value_at(event->object);
		dv_run.incomplete = NULL;
	}
}

#endif
