// SPDX-License-Identifier: GPL-2.0-only
#include "trace.h"

struct dv_trace dv_trace;

const char *const dv_op_names[DV_NR_OPS] = {
	[DV_READ] = "read",
	[DV_WRITE] = "write",
	[DV_RMW] = "rmw",
	[DV_LOCK] = "lock",
	[DV_UNLOCK] = "unlock",
	[DV_SRCU_LOCK] = "srcu-lock",
	[DV_SRCU_UNLOCK] = "srcu-unlock",
	[DV_SYNC_BEGIN] = "sync-begin",
	[DV_SYNC_END] = "sync-end",
	[DV_CALL] = "call",
	[DV_RETURN] = "return",
	[DV_FREE] = "free",
};

const char *const dv_object_names[DV_NR_OBJECTS] = {
	[DV_HOLDER_DATA] = "holder_data",
	[DV_HOLDER_OPS] = "holder_ops",
	[DV_FLAGS] = "flags",
	[DV_DEVICE_OPS] = "ops",
	[DV_DRIVER] = "driver",
	[DV_I_COUNT] = "i_count",
	[DV_SRCU] = "dax_srcu",
	[DV_MUTEX] = "device_lock",
	[DV_DEVICE] = "dax_device",
};

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

void dv_hold_at(struct dv_thread *thread, const struct dv_event *access)
{
	struct dv_event *event = dv_add_event(thread, access->op,
					      access->object);

	event->device = access->device;
	event->marked = access->marked;
	event->old = access->old;
	event->new = access->new;
	event->ip = access->ip;
	if (access->object < DV_NR_FIELDS) {
		dv_trace.values[access->device][access->object] = access->new;
		if (dv_trace.freed[access->device] &&
		    access->object != DV_DRIVER) {
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
