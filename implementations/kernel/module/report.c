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
 * Answer to "hello":
 *
 *   without CALL REASON            for each call that cannot be made
 *   blind                          breakpoints do not see cmpxchg()
 *   inlined FIELD                  inlined functions may read it
 *   hello VERSION RELEASE THREADS CALL...
 *
 * OLD of the return of fs_dax_get_by_bdev() is *start_off; -: left alone.
 * -: NULL or no value. AGENT is a digit, ENABLED a string of digits.
 */
#include <linux/kallsyms.h>
#include <linux/string.h>
#include <linux/utsname.h>

#include "calls.h"
#include "log.h"
#include "output.h"
#include "program.h"
#include "report.h"
#include "run.h"
#include "schedule.h"
#include "stress.h"
#include "thread.h"
#include "trace.h"
#include "watch.h"

#define SYMBOL_SIZE	64
#define CACHED		256

/* Hash of the source files, given by the runner that builds the module. */
#ifndef DV_VERSION
#define DV_VERSION	"unknown"
#endif

static const char *const op_names[] = {
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

static const char *const object_names[] = {
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

/* Functions whose caller is the more useful name. */
static const char *const wrappers[] = {
	"dax_read_lock",
	"dax_read_unlock",
	"dax_alive",
};

/* True for the module: the compiler made a call in the kernel a jump. */
static bool is_own(const char *name)
{
	return !strncmp(name, "dv_", 3) || !strncmp(name, "notify_", 7) ||
	       !strcmp(name, "make_call") ||
	       !strcmp(name, "destroy_inode");
}

/* Cache of names: kallsyms searches for each. */
static struct { unsigned long ip; char name[SYMBOL_SIZE]; } cache[CACHED];

static const char *symbol(unsigned long ip, const char *instead)
{
	unsigned long slot = (ip ^ (ip >> 8)) % CACHED;
	char *name = cache[slot].name;

	if (!ip)
		return instead;
	if (cache[slot].ip != ip) {
		/* The instruction may be the last one of its function. */
		snprintf(name, SYMBOL_SIZE, "%ps", (void *)(ip - 1));
		name[strcspn(name, " .")] = '\0';
		if (!strncmp(name, "ut_", 3))
			memmove(name, name + 3, strlen(name + 3) + 1);
		if (is_own(name) ||
		    match_string(wrappers, ARRAY_SIZE(wrappers), name) >= 0)
			name[0] = '\0';
		cache[slot].ip = ip;
	}
	return name[0] ? name : instead;
}

static void print_value(enum dv_object object, unsigned long value)
{
	switch (object) {
	case DV_HOLDER_DATA:
		dv_print(" %s", dv_holder_name(value));
		break;
	case DV_HOLDER_OPS:
		dv_print(" %s", dv_ops_name(value));
		break;
	case DV_DEVICE_OPS:
	case DV_DRIVER:
		dv_print(" %s", value ? "set" : "-");
		break;
	default:
		dv_print(" %ld", value);
	}
}

static void print_result(const struct dv_event *event)
{
	if (event->object == DV_CALLBACK)
		dv_print(" - %d", (int)event->new);
	else if (event->what == DV_DAX_HOLDER)
		dv_print(" - %s", dv_holder_name(event->new));
	else if (event->what == DV_DAX_GET_PRIVATE)
		dv_print(" - %s", event->new ? "ok" : "-");
	else if (event->what != DV_FS_DAX_GET_BY_BDEV)
		dv_print(" - %d", (int)event->new);
	else if (event->old == DV_UNTOUCHED)
		dv_print(" - %s", event->new ? "ok" : "-");
	else
		dv_print(" %lu %s", event->old, event->new ? "ok" : "-");
}

static void print_event(const struct dv_event *event)
{
	int agent;

	dv_print("event %d %s ", event->agent, op_names[event->op]);
	if (event->object == DV_CALLBACK)
		dv_print("%s.notify_failure",
			 dv_program.holders[event->what].name);
	else if (event->object == DV_FUNCTION)
		dv_print("%s", dv_fn_names[event->what]);
	else
		dv_print("%s", object_names[event->object]);
	dv_print(" %d", event->marked);
	if (event->object < DV_NR_FIELDS) {
		print_value(event->object, event->old);
		print_value(event->object, event->new);
	} else if (event->op == DV_RETURN) {
		print_result(event);
	} else {
		dv_print(" - -");
	}
	dv_print(" %d ", event->site);
	if (event->op != DV_CALL && event->op != DV_RETURN)
		dv_print("%s ", symbol(event->ip, dv_fn_names[event->what]));
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
		dv_print("warning %s %d %d ", symbol(record->ip + 1, "unknown"),
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

void dv_report_hello(void)
{
	const char *obstacle;
	int fn;

	for (fn = 0; fn < DV_NR_FNS; fn++) {
		obstacle = dv_call_obstacle(fn);
		if (obstacle)
			dv_print("without %s %s\n", dv_fn_names[fn], obstacle);
	}
	if (!dv_watch_sees_locked)
		dv_print("blind\n");
#ifndef DV_SUPER
	/* dax_alive() and dax_get_private() test it. */
	dv_print("inlined %s\n", object_names[DV_FLAGS]);
#endif
	dv_print("hello %s %s %d", DV_VERSION, utsname()->release,
		 dv_max_threads);
	for (fn = 0; fn < DV_NR_FNS; fn++)
		if (!dv_call_obstacle(fn))
			dv_print(" %s", dv_fn_names[fn]);
	dv_print("\n");
}
