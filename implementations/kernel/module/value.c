// SPDX-License-Identifier: GPL-2.0-only
/* Words of an answer for values of fields and results of calls. */
#include "calls.h"
#include "fields.h"
#include "output.h"
#include "program.h"
#include "trace.h"
#include "value.h"

void dv_print_value(enum dv_object object, unsigned long value)
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

/* The driver whose operation was called, an error, none, or ok for bytes. */
static void print_io_result(const struct dv_event *event)
{
	long result = event->new;

	if (result < 0)
		dv_print(" - %ld", result);
	else if (result == 0)
		dv_print(" - none");
	else if (event->what >= DV_DAX_COPY_FROM_ITER)
		dv_print(" - ok");
	else if (result <= dv_program.nr_holders)
		dv_print(" - %s", dv_program.holders[result - 1].name);
	else
		dv_print(" - unknown");
}

static const char *device_name(unsigned long pointer)
{
	if (!pointer)
		return "-";
	return dv_which_dax((struct dax_device *)pointer) == DV_LOG ? "log" :
								      "ok";
}

void dv_print_result(const struct dv_event *event)
{
	if (event->object == DV_CALLBACK)
		dv_print(" - %d", (int)event->new);
	else if (event->what == DV_DAX_HOLDER)
		dv_print(" - %s", dv_holder_name(event->new));
	else if (event->what == DV_DAX_GET_PRIVATE)
		dv_print(" - %s", event->new ? "ok" : "-");
	else if (event->what >= DV_DAX_DIRECT_ACCESS)
		print_io_result(event);
	else if (event->what != DV_FS_DAX_GET_BY_BDEV &&
		 event->what != DV_DAX_DEV_GET)
		dv_print(" - %d", (int)event->new);
	else if (event->old == DV_UNTOUCHED)
		dv_print(" - %s", device_name(event->new));
	else
		dv_print(" %lu %s", event->old, device_name(event->new));
}

void dv_print_state(const char *name, const struct dv_device_state *state)
{
	dv_print("%s %d %s", name, state->alive,
		 dv_holder_name((unsigned long)state->holder));
	dv_print(" %s %d\n", dv_ops_name((unsigned long)state->ops),
		 state->refs);
}
