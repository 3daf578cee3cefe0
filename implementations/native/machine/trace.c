// SPDX-License-Identifier: MIT
#include "trace.h"

#include <string.h>

static const char *known[DV_MAX_OBJECTS];
static struct dv_names *names;

void dv_set_names(struct dv_names *table)
{
	names = table;
}

int dv_object_number(const char *name)
{
	int i;

	for (i = 0; i < names->count; i++)
		if (known[i] == name)
			return dv_image.tree->nr_fields + i;
	if (names->count < DV_MAX_OBJECTS) {
		known[i] = name;
		strncpy(names->names[i], name, DV_NAME_SIZE - 1);
		names->count++;
	}
	return dv_image.tree->nr_fields + i;
}

void dv_add_record(const struct dv_record *record)
{
	int limit = DV_RECORD_LIMIT;

	/* Reserves space for a last record of each thread. */
	if (record->type != DV_FAULTED && record->type != DV_BLOCKED)
		limit -= DV_MAX_AGENTS + 1;
	if (dv_run.nr_records < limit)
		dv_run.records[dv_run.nr_records++] = *record;
}

/*
 * Copies each member by itself: the stores that made the pending event are
 * recent and narrow, so a wider load would miss store forwarding and stall.
 */
static inline void copy(struct dv_event *to, const struct dv_event *from)
{
	to->agent = from->agent;
	to->op = from->op;
	to->marked = from->marked;
	to->object = from->object;
	to->site = from->site;
	to->pc = from->pc;
	to->caller = from->caller;
	to->old = 0;
	to->new = from->new;
}

void dv_add_event(struct thread *thread, uint32_t enabled)
{
	const struct pending *pending = &thread->pending;
	struct dv_event *event = &dv_run.events[dv_run.nr_events];

	copy(event, &pending->event);
	event->enabled = enabled;
	if (event->op <= DV_RMW) {
		event->old = dv_value_at(event->object);
		event->new = event->old;
		if (event->op != DV_READ)
			dv_run.incomplete = event;
		/* The access still happens; the thread ends after it. */
		if (event->marked != DV_LOOKUP &&
		    !dv_is_outside_device(event->object) &&
		    dv_image.tree->freed(dv_device_of(event->object)))
			thread->touched_freed = 1;
	} else if (pending->record) {
		struct dv_record record = *pending->record;

		record.event = dv_run.nr_events;
		dv_add_record(&record);
	}
	dv_run.nr_events++;
}
