// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hardware breakpoints on the fields of the dax_device. A breakpoint fires
 * after the access, in the thread that made it.
 */
#include <linux/hw_breakpoint.h>
#include <linux/perf_event.h>
#include <linux/ptrace.h>

#include "decode.h"
#include "device.h"
#include "thread.h"
#include "trace.h"
#include "watch.h"

/* Slot of the field that only some programs access. */
#define ALSO		DV_NR_WATCHED
#define NR_SLOTS	(ALSO + 1)

bool dv_watch_sees_locked;

static struct perf_event *watches[DV_MAX_THREADS][NR_SLOTS];
/* Field in the slot ALSO, or DV_NR_FIELDS. */
static enum dv_object also = DV_NR_FIELDS;

static void on_access(struct perf_event *event, struct perf_sample_data *data,
		      struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	enum dv_object object;
	unsigned long old, new;
	enum dv_op op;

	if (!thread || !dv_control.recording)
		return;
	object = (enum dv_object)(unsigned long)event->overflow_handler_context;
	old = dv_trace.values[object];
	new = dv_field_value(object);
	op = dv_decode(regs, event->attr.bp_addr, old != new);
	/*
	 * The kernel accesses flags with test_bit() and the like only. In
	 * other fields a mov does not show whether it was READ_ONCE().
	 */
	dv_hold_at(thread, op, object, op == DV_RMW || object == DV_FLAGS, old,
		   new, regs->ip);
}

static struct perf_event *watch(struct perf_event_attr *attr, int thread,
				int object)
{
	return perf_event_create_kernel_counter(attr, dv_threads[thread].cpu,
						NULL, on_access,
						(void *)(unsigned long)object);
}

static void set_attr(struct perf_event_attr *attr, const void *address)
{
	hw_breakpoint_init(attr);
	attr->bp_addr = (unsigned long)address;
	attr->bp_len = HW_BREAKPOINT_LEN_8;
	attr->bp_type = HW_BREAKPOINT_RW;
}

static void on_locked(struct perf_event *event, struct perf_sample_data *data,
		      struct pt_regs *regs)
{
	*(int *)event->overflow_handler_context += 1;
}

/* Emulated processors in parallel do not see cmpxchg() (QEMU 7.2). */
static int test_locked(void)
{
	static unsigned long word;
	struct perf_event_attr attr;
	struct perf_event *event;
	int seen = 0;

	set_attr(&attr, &word);
	event = perf_event_create_kernel_counter(&attr, -1, current, on_locked,
						 &seen);
	if (IS_ERR(event)) {
		pr_err("no hardware breakpoint: %pe\n", event);
		return PTR_ERR(event);
	}
	cmpxchg(&word, 0, 1);
	perf_event_release_kernel(event);
	word = 0;
	dv_watch_sees_locked = seen;
	return 0;
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
		set_attr(&attr, dv_field_address(object));
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

	rc = test_locked();
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
