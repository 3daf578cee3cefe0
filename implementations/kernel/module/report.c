// SPDX-License-Identifier: GPL-2.0-only
/*
 * Answer about an execution, in this order:
 *
 *   start ALIVE HOLDER OPS REFS
 *   event AGENT OP OBJECT MARKED OLD NEW SITE FUNCTION ENABLED
 *   warning FUNCTION AGENT EVENT FILE:LINE
 *   told HOLDER OFFSET LENGTH FLAGS AGENT EVENT
 *   fault NAME AGENT EVENT
 *   blocked AGENT
 *   diverged AT AGENT WHY          late: a time limit; the runner may retry
 *   trouble TEXT
 *   device ALIVE HOLDER OPS REFS
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
 * -: NULL or no value. AGENT is a digit, ENABLED a string of digits.
 */
#include <linux/string.h>

#include "calls.h"
#include "calls.h"
#include "log.h"
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
		dv_print("%s", dv_object_names[event->object]);
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
		dv_print("told %s %llu %llu %d %d %d\n",
			 dv_program.holders[record->holder].name,
			 record->offset, record->length, record->flags,
			 record->agent, record->event);
		break;
	case DV_FAULT:
		dv_print("fault %s %d %d\n", record->fault, record->agent,
			 record->event);
		break;
	}
}

static void print_state(const char *name, const struct dv_device_state *state)
{
	dv_print("%s %d %s", name, state->alive,
		 dv_holder_name((unsigned long)state->holder));
	dv_print(" %s %d\n", dv_ops_name((unsigned long)state->ops),
		 state->refs);
}

/* Prints each problem once. */
void dv_report_problems(void)
{
	int index;

	for (index = 0; index < dv_nr_problems; index++)
		dv_print("trouble %s\n", dv_problems[index]);
	dv_nr_problems = 0;
}

void dv_report_execution(void)
{
	int index;

	print_state("start", &dv_run.start);
	for (index = 0; index < dv_trace.nr_events; index++)
		print_event(&dv_trace.events[index]);
	for (index = 0; index < dv_trace.nr_records; index++)
		print_record(&dv_trace.records[index]);
	for (index = 0; index < dv_program.nr_threads; index++)
		if (dv_outcome.blocked & BIT(index))
			dv_print("blocked %d %s\n", index,
				 dv_threads[index].blocked == DV_LOCKING ?
				 "lock device_lock" : "sync-end dax_srcu");
	if (dv_outcome.diverged_why)
		dv_print("diverged %d %d %s\n", dv_outcome.diverged_at,
			 dv_outcome.diverged_agent, dv_outcome.diverged_why);
	dv_report_problems();
	print_state("device", &dv_run.end);
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
		print_state(name, &dv_stress.ends[index].state);
	}
	dv_report_problems();
	dv_print("end\n");
}
