// SPDX-License-Identifier: GPL-2.0-only
/*
 * Answer about an execution, in this order:
 *
 *   start ALIVE HOLDER OPS REFS
 *   start-log ALIVE HOLDER OPS REFS    in a program with a log
 *   event AGENT OP OBJECT MARKED OLD NEW SITE FUNCTION ENABLED
 *   warning FUNCTION AGENT EVENT FILE:LINE
 *   told HOLDER DEVICE OFFSET LENGTH FLAGS AGENT EVENT
 *   fault NAME AGENT EVENT
 *   blocked AGENT OP OBJECT
 *   diverged AT AGENT WHY          late: a time limit; the runner may retry
 *   unseen OBJECT FUNCTION         a change that no breakpoint reported
 *   beyond TEXT                    the module cannot execute the program
 *   trouble TEXT
 *   device ALIVE HOLDER OPS REFS
 *   log ALIVE HOLDER OPS REFS
 *   end
 *
 * Answer about a stress:
 *
 *   stress TRIES NANOSECONDS
 *   ended COUNT ALIVE HOLDER OPS REFS
 *   trouble TEXT
 *   end
 *
 * OLD of the return of fs_dax_get_by_bdev() is *start_off; -: left alone.
 * -: NULL or no value. AGENT is a digit, ENABLED a string of digits. OBJECT has
 * log. before it where it belongs to the log.
 */
#include <linux/string.h>

#include "calls.h"
#include "log.h"
#include "mutex.h"
#include "output.h"
#include "program.h"
#include "report.h"
#include "run.h"
#include "schedule.h"
#include "stress.h"
#include "symbol.h"
#include "thread.h"
#include "trace.h"
#include "value.h"

static const char *const told_names[] = {
	[DV_FIRST] = "device",
	[DV_LOG] = "log",
	[DV_NR_DEVICES] = "unknown",
};

static void print_object(enum dv_which which, enum dv_object object)
{
	dv_print("%s%s", which == DV_LOG ? "log." : "",
		 dv_object_names[object]);
}

static void print_event(const struct dv_event *event)
{
	int agent;

	dv_print("event %d %s ", event->agent, dv_op_names[event->op]);
	if (event->object == DV_CALLBACK)
		dv_print("%s.notify_failure",
			 dv_program.holders[event->what].name);
	else if (event->object == DV_FUNCTION)
		dv_print("%s", dv_fn_names[event->what]);
	else
		print_object(event->device, event->object);
	dv_print(" %d", event->marked);
	if (event->object < DV_NR_FIELDS) {
		dv_print_value(event->object, event->old);
		dv_print_value(event->object, event->new);
	} else if (event->op == DV_RETURN) {
		dv_print_result(event);
	} else {
		dv_print(" - -");
	}
	dv_print(" %d ", event->site);
	if (event->op != DV_CALL && event->op != DV_RETURN)
		dv_print("%s ", dv_symbol(event->ip, dv_fn_names[event->what]));
	else if (event->within >= 0)
		dv_print("%s.notify_failure ",
			 dv_program.holders[event->within].name);
	else
		dv_print("- ");
	for (agent = 0; agent < DV_MAX_THREADS; agent++)
		if (event->enabled & BIT(agent))
			dv_print("%d", agent);
	dv_print("\n");
}

static void print_record(const struct dv_record *record)
{
	switch (record->type) {
	case DV_WARNING:
		dv_print("warning %s %d %d ", dv_symbol(record->ip + 1, "unknown"),
			 record->agent, record->event);
		if (record->file)
			dv_print("%s:%d\n", kbasename(record->file),
				 record->line);
		else
			dv_print("-\n");
		break;
	case DV_NOTIFIED:
		dv_print("told %s %s %llu %llu %d %d %d\n",
			 dv_program.holders[record->holder].name,
			 told_names[record->device], record->offset,
			 record->length, record->flags, record->agent,
			 record->event);
		break;
	case DV_FAULT:
		dv_print("fault %s %d %d\n", record->fault, record->agent,
			 record->event);
		break;
	}
}

/* Prints each problem once. */
void dv_report_problems(void)
{
	int index;

	for (index = 0; index < dv_nr_problems; index++)
		dv_print("trouble %s\n", dv_problems[index]);
	dv_nr_problems = 0;
}

static void print_blocked(const struct dv_thread *thread)
{
	dv_print("blocked %d ", thread->index);
	if (thread->blocked == DV_LOCKING) {
		dv_print("lock ");
		print_object(dv_mutex_which(thread), DV_MUTEX);
	} else {
		dv_print("sync-end ");
		print_object(DV_FIRST, DV_SRCU);
	}
	dv_print("\n");
}

static void print_outcome(void)
{
	int index;

	for (index = 0; index < dv_program.nr_threads; index++)
		if (dv_outcome.blocked & BIT(index))
			print_blocked(&dv_threads[index]);
	if (dv_outcome.diverged_why)
		dv_print("diverged %d %d %s\n", dv_outcome.diverged_at,
			 dv_outcome.diverged_agent, dv_outcome.diverged_why);
	if (dv_outcome.unseen) {
		dv_print("unseen ");
		print_object(dv_outcome.unseen_device,
			     dv_outcome.unseen_object);
		dv_print(" %s\n", dv_fn_names[dv_outcome.unseen_fn]);
	}
	if (dv_control.beyond)
		dv_print("beyond %s\n", dv_control.beyond);
}

void dv_report_execution(void)
{
	int index;

	dv_print_state("start", &dv_run.start[DV_FIRST]);
	if (dv_program.has_log)
		dv_print_state("start-log", &dv_run.start[DV_LOG]);
	for (index = 0; index < dv_trace.nr_events; index++)
		print_event(&dv_trace.events[index]);
	for (index = 0; index < dv_trace.nr_records; index++)
		print_record(&dv_trace.records[index]);
	print_outcome();
	dv_report_problems();
	dv_print_state("device", &dv_run.end[DV_FIRST]);
	if (dv_program.has_log)
		dv_print_state("log", &dv_run.end[DV_LOG]);
	dv_print("end\n");
}

void dv_report_stress(void)
{
	char name[DV_NAME_SIZE];
	int index;

	dv_print("stress %d %llu\n", dv_stress.tries, dv_stress.nanoseconds);
	for (index = 0; index < dv_stress.nr_ends; index++) {
		snprintf(name, sizeof(name), "ended %d",
			 dv_stress.ends[index].count);
		dv_print_state(name, &dv_stress.ends[index].state);
	}
	dv_report_problems();
	dv_print("end\n");
}
