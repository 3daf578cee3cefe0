// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands, a line each:
 *
 *   hello                           print the kernel release and its calls
 *   program                         start a new program
 *   holder NAME RETURNS             add a holder and its callback's result;
 *                                   -: operations without notify_failure
 *   device ALIVE HOLDER OPS REFS    set the state before setup; -: NULL
 *   setup | thread NAME | callback NAME
 *                                   choose the target of the next calls
 *   call SITE FUNCTION DEVICE HOLDER OPS OFFSET LENGTH FLAGS DRIVER
 *                                   add a call; DEVICE is =: the device, -:
 *                                   NULL, or the site of the call that
 *                                   returned it; DRIVER is a type, or -
 *   ready                           end the program and make its setup calls;
 *                                   print problems since the last program,
 *                                   then "ready" or an error; "error late":
 *                                   setup exceeded its time limit
 *   run AGENT...                    execute the program on a schedule
 *   stress TRIES                    execute it repeatedly without a schedule,
 *                                   for 5 s at most
 */
#include <linux/string.h>

#include "calls.h"
#include "command.h"
#include "log.h"
#include "output.h"
#include "program.h"
#include "report.h"
#include "run.h"
#include "schedule.h"
#include "stress.h"
#include "thread.h"

/* Target of the next calls. */
static struct dv_calls *target;
/* First error of the program. */
static const char *error;
static bool ready;
static u8 choices[DV_MAX_SCHEDULE];

static void refuse(const char *why)
{
	if (!error)
		error = why;
}

static char *next_word(char **line)
{
	char *found;

	do {
		found = strsep(line, " ");
	} while (found && !*found);
	return found ? found : "";
}

static u64 parse_u64(char **line)
{
	u64 value;

	if (kstrtou64(next_word(line), 10, &value)) {
		refuse("a number is missing");
		return 0;
	}
	return value;
}

static int parse_int(char **line)
{
	int value;

	if (kstrtoint(next_word(line), 10, &value)) {
		refuse("a number is missing");
		return 0;
	}
	return value;
}

/* Returns the index of the holder, or -1 for NULL. */
static int parse_holder(char **line)
{
	const char *name = next_word(line);
	int index;

	if (!strcmp(name, "-"))
		return -1;
	for (index = 0; index < dv_program.nr_holders; index++)
		if (!strcmp(dv_program.holders[index].name, name))
			return index;
	refuse("unknown holder");
	return -1;
}

static void *parse_holder_pointer(char **line)
{
	int index = parse_holder(line);

	return index < 0 ? NULL : dv_holder_pointer(index);
}

static const struct dax_holder_operations *parse_ops(char **line)
{
	int index = parse_holder(line);

	return index < 0 ? NULL : &dv_ops[index];
}

static void add_holder(char **line)
{
	struct dv_holder *holder = &dv_program.holders[dv_program.nr_holders];

	if (dv_program.nr_holders == DV_MAX_HOLDERS) {
		refuse("too many holders");
		return;
	}
	dv_program.nr_holders++;
	strscpy(holder->name, next_word(line), DV_NAME_SIZE);
	if (!strcmp(*line ? *line : "", "-"))
		holder->no_callback = true;
	else
		holder->returns = parse_int(line);
}

static void add_thread(char **line)
{
	int index = dv_program.nr_threads;

	if (index == dv_max_threads) {
		refuse("more threads than processors besides the first");
		return;
	}
	dv_program.nr_threads++;
	strscpy(dv_program.names[index], next_word(line), DV_NAME_SIZE);
	target = &dv_program.threads[index];
}

static void select_callback(char **line)
{
	int index = parse_holder(line);

	target = index < 0 ? NULL : &dv_program.holders[index].calls;
}

static enum dv_fn parse_function(char **line)
{
	int fn = match_string(dv_fn_names, DV_NR_FNS, next_word(line));

	if (fn < 0 || dv_call_obstacle(fn)) {
		refuse("this kernel has no such call");
		return DV_DAX_HOLDER;
	}
	return fn;
}

static int parse_site(char **line)
{
	int site = parse_int(line);

	if (site < 0 || site >= DV_MAX_SITES) {
		refuse("too many calls");
		return 0;
	}
	return site;
}

static int parse_device(char **line)
{
	if (**line == '=') {
		next_word(line);
		return DV_THE_DEVICE;
	}
	if (**line == '-') {
		next_word(line);
		return DV_NO_DEVICE;
	}
	return parse_site(line);
}

static enum dv_driver parse_driver(char **line)
{
	const char *name = next_word(line);
	int driver = match_string(dv_driver_names, DV_NR_DRIVERS, name);

	if (driver >= 0)
		return driver;
	if (strcmp(name, "-"))
		refuse("unknown driver");
	return DV_FSDEV;
}

static void add_call(char **line)
{
	struct dv_call *call;

	if (!target || target->nr == DV_MAX_CALLS) {
		refuse("too many calls");
		return;
	}
	call = &target->call[target->nr++];
	call->site = parse_site(line);
	call->fn = parse_function(line);
	call->device = *line ? parse_device(line) : DV_THE_DEVICE;
	call->holder = parse_holder_pointer(line);
	call->ops = parse_ops(line);
	call->offset = parse_u64(line);
	call->length = parse_u64(line);
	call->flags = parse_int(line);
	call->driver = parse_driver(line);
}

static void finish_program(void)
{
	int rc;

	if (dv_program.nr_threads == 0)
		refuse("a program without threads");
	if (!error) {
		rc = dv_prepare();
		if (rc == -ETIMEDOUT)
			refuse("late");
		else if (rc)
			refuse("setup does not end well");
	}
	ready = !error;
	dv_report_problems();
	if (ready)
		dv_print("ready\n");
	else
		dv_print("error %s\n", error);
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
		choices[length++] = min_t(u64, parse_u64(line), U8_MAX);
	}
	dv_execute(choices, length);
	dv_report_execution();
}

static void run_stress(char **line)
{
	int tries = parse_int(line);

	if (!ready || tries <= 0) {
		dv_print("error there is nothing to try\n");
		return;
	}
	dv_stress_run(tries);
	dv_report_stress();
}

void dv_command(char *line)
{
	const char *verb = next_word(&line);

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
		dv_program.device.alive = parse_int(&line);
		dv_program.device.holder = parse_holder_pointer(&line);
		dv_program.device.ops = parse_ops(&line);
		dv_program.device.refs = parse_int(&line);
	} else if (!strcmp(verb, "program")) {
		/* Adds late problems, which "ready" then prints. */
		dv_log_check();
		memset(&dv_program, 0, sizeof(dv_program));
		target = NULL;
		error = NULL;
		ready = false;
	} else if (!strcmp(verb, "ready")) {
		finish_program();
	} else if (!strcmp(verb, "hello")) {
		dv_report_hello();
	} else {
		dv_print("error no such word\n");
	}
}
