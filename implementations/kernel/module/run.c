// SPDX-License-Identifier: GPL-2.0-only
/*
 * Executes a program once: resets the devices, starts the threads, follows the
 * schedule and lets the threads return.
 */
#include <linux/sched/clock.h>

#include "calls.h"
#include "dev_dax.h"
#include "device.h"
#include "fields.h"
#include "inode.h"
#include "log.h"
#include "mutex.h"
#include "program.h"
#include "run.h"
#include "schedule.h"
#include "section.h"
#include "thread.h"
#include "trace.h"
#include "warning.h"
#include "watch.h"

struct dv_run dv_run;

/* State of the devices after setup. */
static struct dv_device_state prepared[DV_NR_DEVICES];

/* Releases what ended threads still own: other threads may wait for it. */
static void release_abandoned(void)
{
	int index;

	for (index = 0; index < dv_max_threads; index++)
		if (dv_state_of(&dv_threads[index]) == DV_IDLE)
			dv_leave_sections(&dv_threads[index]);
	dv_unlock_abandoned();
}

bool dv_drain(void)
{
	u64 limit = local_clock() + 3 * DV_STEP_LIMIT_NS;
	int index;

	WRITE_ONCE(dv_control.recording, false);
	dv_devices_pin();
	/* Threads that see draining also see recording cleared. */
	smp_store_release(&dv_control.draining, true);
	for (index = 0; index < dv_program.nr_threads; index++) {
		struct dv_thread *thread = &dv_threads[index];

		if (dv_state_of(thread) == DV_SYNCING || dv_outcome.blocked)
			dv_leave_sections(thread);
	}
	dv_leave_setup_sections();
	for (index = 0; index < dv_program.nr_threads; index++) {
		while (dv_state_of(&dv_threads[index]) != DV_IDLE) {
			if (local_clock() > limit)
				return false;
			release_abandoned();
			dv_relax();
		}
	}
	release_abandoned();
	dv_enter_setup_sections();
	return true;
}

static void reset(const struct dv_device_state *states)
{
	int which, index;

	dv_devices_set(states);
	memset(&dv_control, 0, sizeof(dv_control));
	dv_trace.nr_events = 0;
	dv_trace.nr_records = 0;
	dv_mutex_reset();
	dv_sections_reset();
	memset(dv_trace.freed, 0, sizeof(dv_trace.freed));
	memset(&dv_outcome, 0, sizeof(dv_outcome));
	for (which = 0; which < dv_nr_devices(); which++)
		for (index = 0; index < DV_NR_FIELDS; index++)
			dv_trace.values[which][index] =
				dv_field_value(which, index);
	dv_devices_get(dv_run.start);
}

static void make_calls(struct dv_thread *thread)
{
	dv_make_calls(thread, thread->calls, true);
}

/* The field without a permanent breakpoint that the calls access. */
static enum dv_object field_of(const struct dv_calls *calls)
{
	enum dv_object object = DV_NR_FIELDS;
	int index;

	for (index = 0; index < calls->nr; index++) {
		switch (calls->call[index].fn) {
		case DV_DAX_SET_OPS:
		case DV_DAX_DIRECT_ACCESS:
		case DV_DAX_ZERO_PAGE_RANGE:
		case DV_DAX_RECOVERY_WRITE:
			return DV_DEVICE_OPS;
		case DV_DEVICE_DRIVER_ATTACH:
		case DV_DEVICE_RELEASE_DRIVER:
			object = DV_DRIVER;
			break;
		default:
			break;
		}
	}
	return object;
}

void dv_reset(void)
{
	reset(prepared);
}

static enum dv_object field_of_program(void)
{
	enum dv_object object = DV_NR_FIELDS;
	int index;

	for (index = 0; index < dv_program.nr_threads; index++)
		object = min(object, field_of(&dv_program.threads[index]));
	for (index = 0; index < dv_program.nr_holders; index++)
		object = min(object,
			     field_of(&dv_program.holders[index].calls));
	return object;
}

const char *dv_prepare(void)
{
	int which;

	if (dv_watch_also(field_of_program()))
		return "no hardware breakpoint";
	dv_drop_setup_sections();
	for (which = 0; which < dv_nr_devices(); which++) {
		dv_program.devices[which].driver = dv_driver(DV_FSDEV);
		dv_program.devices[which].sectors = DV_DISK_SECTORS;
	}
	reset(dv_program.devices);
	if (dv_program.setup.nr > 0) {
		dv_thread_begin(&dv_threads[0], &dv_program.setup, make_calls);
		if (!dv_wait_while(&dv_threads[0], DV_RUNNING)) {
			if (!dv_drain())
				dv_add_problem("setup does not end");
			return "late";
		}
		dv_keep_setup_sections(&dv_threads[0]);
	}
	for (which = 0; which < dv_nr_devices(); which++)
		if (dv_inode_is_evicted(which))
			dv_control.beyond = "setup frees the device";
	dv_devices_get(prepared);
	return dv_control.beyond ? "beyond" : NULL;
}

static void take_values(enum dv_which which)
{
	struct dv_device_state *state = &dv_run.end[which];
	const unsigned long *values = dv_trace.values[which];

	state->holder = (void *)values[DV_HOLDER_DATA];
	state->ops = (void *)values[DV_HOLDER_OPS];
	state->alive = values[DV_FLAGS];
	state->refs = values[DV_I_COUNT];
}

void dv_execute(const u8 *schedule, int length)
{
	int index, warnings = 0;

	dv_reset();
	dv_control.recording = true;
	for (index = 0; index < dv_program.nr_threads; index++) {
		struct dv_thread *thread = &dv_threads[index];

		/* Held before its first call. */
		dv_thread_begin(thread, &dv_program.threads[index], make_calls);
		if (!dv_wait_while(thread, DV_RUNNING))
			dv_control.late = true;
	}
	dv_follow(schedule, length);
	for (index = 0; index < dv_nr_devices(); index++)
		take_values(index);
	for (index = 0; index < dv_trace.nr_records; index++)
		warnings += dv_trace.records[index].type == DV_WARNING;
	if (!dv_drain())
		dv_add_problem("threads of the program do not end");
	if (warnings)
		dv_reset_warn_once();
	dv_log_check();
}
