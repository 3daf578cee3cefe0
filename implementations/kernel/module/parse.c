// SPDX-License-Identifier: GPL-2.0-only
/* Parses the words of a command. */
#include <linux/string.h>

#include "call.h"
#include "calls.h"
#include "parse.h"
#include "program.h"

const char *dv_error;

void dv_refuse(const char *why)
{
	if (!dv_error)
		dv_error = why;
}

char *dv_next_word(char **line)
{
	char *found;

	do {
		found = strsep(line, " ");
	} while (found && !*found);
	return found ? found : "";
}

u64 dv_parse_u64(char **line)
{
	u64 value;

	if (kstrtou64(dv_next_word(line), 10, &value)) {
		dv_refuse("a number is missing");
		return 0;
	}
	return value;
}

int dv_parse_int(char **line)
{
	int value;

	if (kstrtoint(dv_next_word(line), 10, &value)) {
		dv_refuse("a number is missing");
		return 0;
	}
	return value;
}

int dv_parse_holder(char **line)
{
	const char *name = dv_next_word(line);
	int index;

	if (!strcmp(name, "-"))
		return -1;
	for (index = 0; index < dv_program.nr_holders; index++)
		if (!strcmp(dv_program.holders[index].name, name))
			return index;
	dv_refuse("unknown holder");
	return -1;
}

void *dv_parse_holder_pointer(char **line)
{
	int index = dv_parse_holder(line);

	return index < 0 ? NULL : dv_holder_pointer(index);
}

static const struct dax_holder_operations *parse_ops(char **line)
{
	int index = dv_parse_holder(line);

	return index < 0 ? NULL : &dv_ops[index];
}

void dv_parse_state(char **line, struct dv_device_state *state)
{
	state->alive = dv_parse_int(line);
	state->holder = dv_parse_holder_pointer(line);
	state->ops = parse_ops(line);
	state->refs = dv_parse_int(line);
}

enum dv_fn dv_parse_function(char **line)
{
	int fn = match_string(dv_fn_names, DV_NR_FNS, dv_next_word(line));

	if (fn < 0 || dv_call_obstacle(fn)) {
		dv_refuse("this kernel has no such call");
		return DV_DAX_HOLDER;
	}
	return fn;
}

int dv_parse_site(char **line)
{
	int site = dv_parse_int(line);

	if (site < 0 || site >= DV_MAX_SITES) {
		dv_refuse("too many calls");
		return 0;
	}
	return site;
}

int dv_parse_device(char **line)
{
	if (**line == '=') {
		dv_next_word(line);
		return DV_THE_DEVICE;
	}
	if (**line == '-') {
		dv_next_word(line);
		return DV_NO_DEVICE;
	}
	if (!strncmp(*line, "log ", 4)) {
		dv_next_word(line);
		return DV_THE_LOG;
	}
	return dv_parse_site(line);
}

enum dv_driver dv_parse_driver(char **line)
{
	const char *name = dv_next_word(line);
	int driver = match_string(dv_driver_names, DV_NR_DRIVERS, name);

	if (driver >= 0)
		return driver;
	if (strcmp(name, "-"))
		dv_refuse("unknown driver");
	return DV_FSDEV;
}
