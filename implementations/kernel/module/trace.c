// SPDX-License-Identifier: GPL-2.0-only
#include "trace.h"

struct dv_trace dv_trace;

/* Needs no lock: only one thread runs at a time. */
struct dv_event *dv_add_event(struct dv_thread *thread, enum dv_op op,
			      enum dv_object object)
{
	struct dv_event *event = &dv_trace.events[dv_trace.nr_events];

	/* dv_follow() ends an execution before the array is full. */
	if (dv_trace.nr_events < DV_MAX_EVENTS - 1)
		dv_trace.nr_events++;
	memset(event, 0, sizeof(*event));
	event->agent = thread->index;
	event->op = op;
	event->object = object;
	event->marked = true;
	event->within = thread->within;
	event->site = thread->site;
	event->what = thread->fn;
	event->enabled = dv_trace.enabled;
	return event;
}

void dv_hold_at(struct dv_thread *thread, enum dv_op op, enum dv_object object,
		bool marked, unsigned long old, unsigned long new,
		unsigned long ip)
{
	struct dv_event *event = dv_add_event(thread, op, object);

	event->marked = marked;
	event->old = old;
	event->new = new;
	event->ip = ip;
	if (object < DV_NR_FIELDS) {
		dv_trace.values[object] = new;
		if (dv_trace.freed && object != DV_DRIVER) {
			dv_fault(thread, "use-after-free");
			return;
		}
	}
	dv_hold(thread, DV_HELD);
}

struct dv_record *dv_add_record(enum dv_record_type type, int agent)
{
	struct dv_record *record = &dv_trace.records[dv_trace.nr_records];

	if (dv_trace.nr_records < DV_MAX_RECORDS - 1)
		dv_trace.nr_records++;
	memset(record, 0, sizeof(*record));
	record->type = type;
	record->agent = agent;
	record->event = dv_trace.nr_events - 1;
	return record;
}

void dv_fault(struct dv_thread *thread, const char *fault)
{
	dv_add_record(DV_FAULT, thread->index)->fault = fault;
	dv_hold(thread, DV_FAULTED);
}
