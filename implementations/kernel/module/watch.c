// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hardware breakpoints on fields. A breakpoint fires after the access, in the
 * thread that made it. A processor has four: those of a thread are on the
 * fields of one device at a time, the device of its current call.
 */
#include <linux/perf_event.h>
#include <linux/ptrace.h>

#include "breakpoint.h"
#include "decode.h"
#include "fields.h"
#include "thread.h"
#include "trace.h"
#include "watch.h"

/* Slot of the field that only some programs access. */
#define ALSO		DV_NR_WATCHED
#define NR_SLOTS	(ALSO + 1)

static struct perf_event *watches[DV_MAX_THREADS][NR_SLOTS];
/* Field in the slot ALSO, or DV_NR_FIELDS. */
static enum dv_object also = DV_NR_FIELDS;
/* Device whose fields the thread's breakpoints are on. */
static enum dv_which watched[DV_MAX_THREADS];

static void on_access(struct perf_event *event, struct perf_sample_data *data,
		      struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	enum dv_object object;
	enum dv_which which;
	unsigned long old, new;
	enum dv_op op;

	if (!thread || !dv_control.recording)
		return;
	object = (enum dv_object)(unsigned long)event->overflow_handler_context;
	which = watched[thread->index];
	old = dv_trace.values[which][object];
	new = dv_field_value(which, object);
	op = dv_decode(regs, event->attr.bp_addr, old != new);
	/*
	 * The kernel accesses flags with test_bit() and the like only. In
	 * other fields a mov does not show whether it was READ_ONCE().
	 */
	dv_hold_at(thread, &(struct dv_event){
		.op = op,
		.object = object,
		.device = which,
		.marked = op == DV_RMW || object == DV_FLAGS,
		.old = old,
		.new = new,
		.ip = regs->ip,
	});
}

static struct perf_event *watch(struct perf_event_attr *attr, int thread,
				int object)
{
	return perf_event_create_kernel_counter(attr, dv_threads[thread].cpu,
						NULL, on_access,
						(void *)(unsigned long)object);
}

static void watch_stop(int slot)
{
	int thread;

	for (thread = 0; thread < DV_MAX_THREADS; thread++) {
		if (watches[thread][slot])
			perf_event_release_kernel(watches[thread][slot]);
		watches[thread][slot] = NULL;
	}
}

static int watch_start(int slot, enum dv_object object)
{
	struct perf_event_attr attr;
	struct perf_event *event;
	int thread;

	for (thread = 0; thread < dv_max_threads; thread++) {
		dv_breakpoint_attr(&attr,
				   dv_field_address(watched[thread], object));
		event = watch(&attr, thread, object);
		if (IS_ERR(event)) {
			pr_err("no hardware breakpoint: %pe\n", event);
			watch_stop(slot);
			return PTR_ERR(event);
		}
		watches[thread][slot] = event;
	}
	return 0;
}

int dv_watch_start(void)
{
	int object, rc;

	rc = dv_breakpoint_test();
	for (object = 0; object < DV_NR_WATCHED && !rc; object++)
		rc = watch_start(object, object);
	if (rc)
		dv_watch_stop();
	return rc;
}

int dv_watch_also(enum dv_object object)
{
	int rc = 0;

	if (object == also)
		return 0;
	watch_stop(ALSO);
	also = DV_NR_FIELDS;
	if (object != DV_NR_FIELDS)
		rc = watch_start(ALSO, object);
	if (!rc)
		also = object;
	return rc;
}

int dv_watch_device(const struct dv_thread *thread, enum dv_which which)
{
	int slot, rc = 0;

	if (watched[thread->index] == which)
		return 0;
	for (slot = 0; slot < NR_SLOTS && !rc; slot++) {
		struct perf_event *event = watches[thread->index][slot];
		enum dv_object object = slot == ALSO ? also : slot;

		if (event)
			rc = dv_breakpoint_move(event, dv_field_address(which,
									object));
	}
	if (rc)
		pr_err("cannot move a hardware breakpoint: %d\n", rc);
	else
		watched[thread->index] = which;
	return rc;
}

void dv_watch_pause(bool pause)
{
	int thread, slot;

	for (thread = 0; thread < dv_max_threads; thread++) {
		for (slot = 0; slot < NR_SLOTS; slot++) {
			if (!watches[thread][slot])
				continue;
			if (pause)
				perf_event_disable(watches[thread][slot]);
			else
				perf_event_enable(watches[thread][slot]);
		}
	}
}

void dv_watch_stop(void)
{
	int slot;

	for (slot = 0; slot < NR_SLOTS; slot++)
		watch_stop(slot);
	also = DV_NR_FIELDS;
}
