// SPDX-License-Identifier: GPL-2.0-only
/* Calls to the machine. */
#include "vocabulary.h"
#include "shim.h"

const struct dv_machine *dv_machine;

/* Not in tree.c, where the store would be instrumented and need dv_machine. */
void dv_set_machine(const struct dv_machine *machine)
{
	dv_machine = machine;
}

int dv_notify(int holder, const void *device, u64 offset, u64 length, int flags)
{
	return dv_machine->notify(holder, device, offset, length, flags);
}

void dv_set_pointer(void **at, void *to)
{
	*at = to;
}

void dv_start_off(u64 bytes)
{
	dv_machine->start_off(bytes);
}

void dv_warn(void)
{
	dv_machine->warn(DV_CALLER);
}
