// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares the kernel log and the taints before and after each execution. The
 * number of WARNs must be the number that warning.c saw. Any other report is a
 * problem: results of the execution are then not reliable.
 */
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/panic.h>
#include <linux/string.h>

#include "log.h"

char dv_problems[DV_MAX_PROBLEMS][DV_PROBLEM_SIZE];
int dv_nr_problems;
/* WARNs of program threads since the last dv_log_check(). */
static atomic_t expected_warnings;

static struct kmsg_dump_iter position;
static unsigned long taints;

/* Prefixes of reports. KCSAN's data races are not failures. */
static const char *const reports[] = {
	"BUG",
	"INFO: possible ",
	"INFO: rcu",
	"INFO: task ",
	"INFO: trying ",
	"Oops",
	"UBSAN: ",
	"WARNING: ",
	"general protection fault",
	"kernel BUG at ",
	"rcu: INFO: ",
	"watchdog: ",
};

static bool begins(const char *line, const char *prefix)
{
	return !strncmp(line, prefix, strlen(prefix));
}

void dv_add_problem(const char *text)
{
	char *c = dv_problems[dv_nr_problems];

	if (dv_nr_problems == DV_MAX_PROBLEMS)
		return;
	dv_nr_problems++;
	strscpy(c, text, DV_PROBLEM_SIZE);
	for (; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
}

static bool is_report(const char *line)
{
	int index;

	if (begins(line, "BUG: KCSAN: data-race"))
		return false;
	for (index = 0; index < ARRAY_SIZE(reports); index++)
		if (begins(line, reports[index]))
			return true;
	/* Oops counter of die(): "Oops: 0000 [#1]". */
	return strstr(line, " [#");
}

/* Skips the time and the caller at the start of a line. */
static char *text_of(char *line)
{
	char *end;

	while (*line == '[' && (end = strchr(line, ']')))
		line = skip_spaces(end + 1);
	return line;
}

static unsigned long all_taints(void)
{
	unsigned long mask = 0;
	int flag;

	for (flag = 0; flag < TAINT_FLAGS_COUNT; flag++)
		if (test_taint(flag))
			mask |= BIT(flag);
	/* WARNs are compared by number. */
	return mask & ~BIT(TAINT_WARN);
}

void dv_log_reset(void)
{
	while (kmsg_dump_get_line(&position, false, NULL, 0, NULL))
		;
	taints = all_taints();
	atomic_set(&expected_warnings, 0);
	dv_nr_problems = 0;
}

void dv_log_expect_warning(void)
{
	atomic_inc(&expected_warnings);
}

void dv_log_check(void)
{
	int expected = atomic_xchg(&expected_warnings, 0);
	unsigned long now = all_taints();
	static char record[1024];
	static char warning[DV_PROBLEM_SIZE];
	static char text[DV_PROBLEM_SIZE];
	int warnings = 0;
	size_t length;
	char *line;

	while (kmsg_dump_get_line(&position, false, record, sizeof(record) - 1,
				  &length)) {
		char *next = record;

		record[length] = '\0';
		while ((line = strsep(&next, "\n"))) {
			line = text_of(line);
			if (!is_report(line))
				continue;
			/* Line of __warn(). lockdep's warnings have no CPU. */
			if (begins(line, "WARNING: ") && strstr(line, "CPU")) {
				warnings++;
				strscpy(warning, line, sizeof(warning));
			} else {
				dv_add_problem(line);
			}
		}
	}
	if (warnings > expected)
		dv_add_problem(warning);
	if (IS_ENABLED(CONFIG_PRINTK) && warnings != expected) {
		snprintf(text, sizeof(text),
			 "WARNs of the program: %d, in the log: %d", expected,
			 warnings);
		dv_add_problem(text);
	}
	if (now & ~taints) {
		snprintf(text, sizeof(text), "taint: %#lx, before: %#lx", now,
			 taints);
		dv_add_problem(text);
	}
	taints = now;
}
