// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands, a line each:
 *
 *   hello                           print the kernel release and its calls
 *   program                         start a new program
 *   holder NAME RETURNS MEMBER...   add a holder and its callback's result;
 *                                   -: operations without notify_failure;
 *                                   its dax_operations lack the members
 *   device ALIVE HOLDER OPS REFS    set the state before setup; -: NULL
 *   log ALIVE HOLDER OPS REFS       the same of a second device
 *   setup | thread NAME | callback NAME
 *                                   choose the target of the next calls
 *   call SITE FUNCTION DEVICE HOLDER OPS OFFSET LENGTH FLAGS DRIVER
 *                                   add a call; DEVICE is =: the device, log,
 *                                   -: NULL, or the site of the call that
 *                                   returned it; DRIVER is a type, or -
 *   ready                           make the setup calls; print problems since
 *                                   the last program, then "ready" or an error:
 *                                   late: setup exceeded its time limit;
 *                                   beyond: it frees a device
 *   run AGENT...                    execute the program on a schedule
 *   stress TRIES                    execute it repeatedly without a schedule,
 *                                   for 5 s at most, without a log
 */
#include <linux/string.h>

#include "calls.h"
#include "command.h"
#include "hello.h"
#include "log.h"
#include "oops.h"
#include "operations.h"
#include "output.h"
#include "parse.h"
#include "program.h"
#include "report.h"
#include "run.h"
#include "schedule.h"
#include "stress.h"
#include "thread.h"

/* Target of the next calls. */
static struct dv_calls *target;
static bool ready;
static u8 choices[DV_MAX_SCHEDULE];

static void add_holder(char **line)
{
	int index = dv_program.nr_holders;
	struct dv_holder *holder = &dv_program.holders[index];

	if (dv_program.nr_holders == DV_MAX_HOLDERS) {
		dv_refuse("too many holders");
		return;
	}
	dv_program.nr_holders++;
	strscpy(holder->name, dv_next_word(line), DV_NAME_SIZE);
	if (!strcmp(*line ? *line : "", "-")) {
		holder->no_callback = true;
		if (dv_oops_is_seen)
			dv_ops[index].notify_failure = NULL;
		return;
	}
	holder->returns = dv_parse_int(line);
	while (*line && **line)
		if (!dv_operation_remove(index, dv_next_word(line)))
			dv_refuse("unknown member of dax_operations");
}

static void add_thread(char **line)
{
	int index = dv_program.nr_threads;

	if (index == dv_max_threads) {
		dv_refuse("more threads than processors besides the first");
		return;
	}
	dv_program.nr_threads++;
	strscpy(dv_program.names[index], dv_next_word(line), DV_NAME_SIZE);
	target = &dv_program.threads[index];
}

static void select_callback(char **line)
{
	int index = dv_parse_holder(line);

	target = index < 0 ? NULL : &dv_program.holders[index].calls;
}

static void add_call(char **line)
{
	struct dv_call *call;

	if (!target || target->nr == DV_MAX_CALLS) {
		dv_refuse("too many calls");
		return;
	}
	call = &target->call[target->nr++];
	call->site = dv_parse_site(line);
	call->fn = dv_parse_function(line);
	call->device = *line ? dv_parse_device(line) : DV_THE_DEVICE;
	call->holder = dv_parse_holder_pointer(line);
	call->ops_of = dv_parse_holder(line);
	call->ops = call->ops_of < 0 ? NULL : &dv_ops[call->ops_of];
	call->offset = dv_parse_u64(line);
	call->length = dv_parse_u64(line);
	call->flags = dv_parse_int(line);
	call->driver = dv_parse_driver(line);
}

static void finish_program(void)
{
	if (dv_program.nr_threads == 0)
		dv_refuse("a program without threads");
	if (!dv_error)
		dv_error = dv_prepare();
	ready = !dv_error;
	dv_report_problems();
	if (ready)
		dv_print("ready\n");
	else
		dv_print("error %s\n", dv_error);
}

static void run_once(char **line)
{
	int length = 0;

	if (!ready) {
		dv_print("error there is no program\nend\n");
		return;
	}
	while (*line && **line) {
		if (length == DV_MAX_SCHEDULE)
			break;
		choices[length++] = min_t(u64, dv_parse_u64(line), U8_MAX);
	}
	dv_execute(choices, length);
	dv_report_execution();
}

static void run_stress(char **line)
{
	int tries = dv_parse_int(line);

	if (!ready || tries <= 0 || dv_program.has_log) {
		dv_print("error there is nothing to try\n");
		return;
	}
	dv_stress_run(tries);
	dv_report_stress();
}

void dv_command(char *line)
{
	const char *verb = dv_next_word(&line);

	if (!strcmp(verb, "run")) {
		run_once(&line);
	} else if (!strcmp(verb, "stress")) {
		run_stress(&line);
	} else if (!strcmp(verb, "call")) {
		add_call(&line);
	} else if (!strcmp(verb, "holder")) {
		add_holder(&line);
	} else if (!strcmp(verb, "thread")) {
		add_thread(&line);
	} else if (!strcmp(verb, "callback")) {
		select_callback(&line);
	} else if (!strcmp(verb, "setup")) {
		target = &dv_program.setup;
	} else if (!strcmp(verb, "device")) {
		dv_parse_state(&line, &dv_program.devices[DV_FIRST]);
	} else if (!strcmp(verb, "log")) {
		dv_program.has_log = true;
		dv_parse_state(&line, &dv_program.devices[DV_LOG]);
	} else if (!strcmp(verb, "program")) {
		/* Adds late problems, which "ready" then prints. */
		dv_log_check();
		memset(&dv_program, 0, sizeof(dv_program));
		dv_operations_reset();
		dv_ops_reset();
		target = NULL;
		dv_error = NULL;
		ready = false;
	} else if (!strcmp(verb, "ready")) {
		finish_program();
	} else if (!strcmp(verb, "hello")) {
		dv_hello();
	} else {
		dv_print("error no such word\n");
	}
}
