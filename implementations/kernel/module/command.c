// SPDX-License-Identifier: GPL-2.0-only
/*
 * What can be said to the device, a line each:
 *
 *   hello                           what is this?
 *   program                         forget the last one
 *   holder NAME RETURNS             its callback returns that; - for none
 *   device ALIVE HOLDER OPS REFS    where setup starts; - is NULL
 *   setup | thread NAME | callback NAME
 *   call SITE FUNCTION HOLDER OPS OFFSET LENGTH FLAGS
 *   ready                           that was the program; the answer begins
 *                                   with the troubles since the last one;
 *                                   "error late": setup took too long
 *   run AGENT...                    execute it once, on this schedule
 *   stress TRIES                    let it run so often as it comes, for 5 s
 *                                   at most
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

/* What the calls that follow belong to. */
static struct dv_calls *target;
/* The first thing that was wrong with the program. */
static const char *wrong;
static bool ready;
static u8 choices[DV_MAX_SCHEDULE];

static void refuse(const char *why)
{
	if (!wrong)
		wrong = why;
}

static char *word(char **line)
{
	char *found;

	do {
		found = strsep(line, " ");
	} while (found && !*found);
	return found ? found : "";
}

static u64 take_number(char **line)
{
	u64 value;

	if (kstrtou64(word(line), 10, &value)) {
		refuse("a number is missing");
		return 0;
	}
	return value;
}

static int integer(char **line)
{
	int value;

	if (kstrtoint(word(line), 10, &value)) {
		refuse("a number is missing");
		return 0;
	}
	return value;
}

/* -1 for NULL. */
static int take_holder_name(char **line)
{
	const char *name = word(line);
	int index;

	if (!strcmp(name, "-"))
		return -1;
	for (index = 0; index < dv_program.nr_holders; index++)
		if (!strcmp(dv_program.holders[index].name, name))
			return index;
	refuse("there is no holder of that name");
	return -1;
}

static void *holder_argument(char **line)
{
	int index = take_holder_name(line);

	return index < 0 ? NULL : dv_holder_pointer(index);
}

static const struct dax_holder_operations *ops_argument(char **line)
{
	int index = take_holder_name(line);

	return index < 0 ? NULL : &dv_ops[index];
}

static void take_holder(char **line)
{
	struct dv_holder *made = &dv_program.holders[dv_program.nr_holders];

	if (dv_program.nr_holders == DV_MAX_HOLDERS) {
		refuse("too many holders");
		return;
	}
	dv_program.nr_holders++;
	strscpy(made->name, word(line), DV_NAME);
	if (!strcmp(*line ? *line : "", "-"))
		made->mute = true;
	else
		made->returns = integer(line);
}

static void take_thread(char **line)
{
	int index = dv_program.nr_threads;

	if (index == dv_max_threads) {
		refuse("more threads than processors besides the first");
		return;
	}
	dv_program.nr_threads++;
	strscpy(dv_program.names[index], word(line), DV_NAME);
	target = &dv_program.threads[index];
}

static void take_callback(char **line)
{
	int index = take_holder_name(line);

	target = index < 0 ? NULL : &dv_program.holders[index].calls;
}

static enum dv_fn function(char **line)
{
	int fn = match_string(dv_fn_names, DV_NR_FNS, word(line));

	if (fn < 0 || !dv_has(fn)) {
		refuse("this kernel has no such call");
		return DV_DAX_HOLDER;
	}
	return fn;
}

static void take_call(char **line)
{
	struct dv_call *call;

	if (!target || target->nr == DV_MAX_CALLS) {
		refuse("too many calls");
		return;
	}
	call = &target->call[target->nr++];
	call->site = integer(line);
	call->fn = function(line);
	call->holder = holder_argument(line);
	call->ops = ops_argument(line);
	call->offset = take_number(line);
	call->length = take_number(line);
	call->flags = integer(line);
}

static void take_ready(void)
{
	int rc;

	if (dv_program.nr_threads == 0)
		refuse("a program without threads");
	if (!wrong) {
		rc = dv_prepare();
		if (rc == -ETIMEDOUT)
			refuse("late");
		else if (rc)
			refuse("setup does not end well");
	}
	ready = !wrong;
	dv_report_troubles();
	if (ready)
		dv_say("ready\n");
	else
		dv_say("error %s\n", wrong);
}

static void take_run(char **line)
{
	int length = 0;

	if (!ready) {
		dv_say("error there is no program\nend\n");
		return;
	}
	while (*line && **line) {
		if (length == DV_MAX_SCHEDULE)
			break;
		choices[length++] = min_t(u64, take_number(line), U8_MAX);
	}
	dv_execute(choices, length);
	dv_report_execution();
}

static void take_stress(char **line)
{
	int tries = integer(line);

	if (!ready || tries <= 0) {
		dv_say("error there is nothing to try\n");
		return;
	}
	dv_stress_run(tries);
	dv_report_stress();
}

void dv_line(char *line)
{
	const char *verb = word(&line);

	if (!strcmp(verb, "run")) {
		take_run(&line);
	} else if (!strcmp(verb, "stress")) {
		take_stress(&line);
	} else if (!strcmp(verb, "call")) {
		take_call(&line);
	} else if (!strcmp(verb, "holder")) {
		take_holder(&line);
	} else if (!strcmp(verb, "thread")) {
		take_thread(&line);
	} else if (!strcmp(verb, "callback")) {
		take_callback(&line);
	} else if (!strcmp(verb, "setup")) {
		target = &dv_program.setup;
	} else if (!strcmp(verb, "device")) {
		dv_program.device.alive = integer(&line);
		dv_program.device.holder = holder_argument(&line);
		dv_program.device.ops = ops_argument(&line);
		dv_program.device.refs = integer(&line);
	} else if (!strcmp(verb, "program")) {
		/* What came late is said before this one is ready. */
		dv_log_check();
		memset(&dv_program, 0, sizeof(dv_program));
		target = NULL;
		wrong = NULL;
		ready = false;
	} else if (!strcmp(verb, "ready")) {
		take_ready();
	} else if (!strcmp(verb, "hello")) {
		dv_report_hello();
	} else {
		dv_say("error no such word\n");
	}
}
