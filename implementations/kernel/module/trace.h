/* SPDX-License-Identifier: GPL-2.0-only */
/* The trace of an execution: events, and records beside them. */
#ifndef DV_TRACE_H
#define DV_TRACE_H

#include "program.h"
#include "thread.h"

#define DV_MAX_EVENTS	4096
#define DV_MAX_RECORDS	256

enum dv_op {
	DV_READ,
	DV_WRITE,
	DV_RMW,
	DV_LOCK,
	DV_UNLOCK,
	DV_SRCU_LOCK,
	DV_SRCU_UNLOCK,
	DV_SYNC_BEGIN,
	DV_SYNC_END,
	DV_CALL,
	DV_RETURN,
	DV_FREE,
	DV_NR_OPS,
};

/* Fields, the device lock and the dax_device belong to a device each. */
enum dv_object {
	/* Fields with a hardware breakpoint come first. */
	DV_HOLDER_DATA,
	DV_HOLDER_OPS,
	DV_FLAGS,
	DV_NR_WATCHED,
	/* At most one has a breakpoint, in a program that accesses it. */
	DV_DEVICE_OPS = DV_NR_WATCHED,
	DV_DRIVER,
	DV_I_COUNT,
	DV_NR_FIELDS,
	DV_SRCU = DV_NR_FIELDS,
	DV_MUTEX,
	DV_DEVICE,
	DV_FUNCTION,
	DV_CALLBACK,
	DV_NR_OBJECTS,
};

struct dv_event {
	u8 agent;
	u8 op;
	u8 object;
	/* Device that the object belongs to. */
	u8 device;
	/* Function of a call, holder of a callback. */
	u8 what;
	bool marked;
	/* Holder whose callback contains the event, or -1. */
	s8 within;
	int site;
	u32 enabled;
	unsigned long old;
	unsigned long new;
	unsigned long ip;
};

enum dv_record_type { DV_WARNING, DV_NOTIFIED, DV_FAULT };

struct dv_record {
	enum dv_record_type type;
	int agent;
	int event;
	/* DV_WARNING */
	unsigned long ip;
	const char *file;
	int line;
	/* DV_FAULT */
	const char *fault;
	/* DV_NOTIFIED */
	int holder;
	/* The argument: DV_NR_DEVICES for another pointer. */
	enum dv_which device;
	u64 offset;
	u64 length;
	int flags;
};

struct dv_trace {
	int nr_events;
	int nr_records;
	/* Threads that could go on before the next event. */
	u32 enabled;
	/* The final iput() freed the device. */
	bool freed[DV_NR_DEVICES];
	/* Fields after the last event. */
	unsigned long values[DV_NR_DEVICES][DV_NR_FIELDS];
	struct dv_event events[DV_MAX_EVENTS];
	struct dv_record records[DV_MAX_RECORDS];
};

extern struct dv_trace dv_trace;
extern const char *const dv_op_names[DV_NR_OPS];
extern const char *const dv_object_names[DV_NR_OBJECTS];

/* Adds an event of the thread; the caller fills in the rest. */
struct dv_event *dv_add_event(struct dv_thread *thread, enum dv_op op,
			      enum dv_object object);
/*
 * Adds an event with the op, object, device, marked, old, new and ip of access,
 * and holds its thread.
 */
void dv_hold_at(struct dv_thread *thread, const struct dv_event *access);
struct dv_record *dv_add_record(enum dv_record_type type, int agent);
/* Adds a fault and holds its thread until the execution ends. */
void dv_fault(struct dv_thread *thread, const char *fault);

#endif
