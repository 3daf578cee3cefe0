// SPDX-License-Identifier: MIT
/*
 * Under a memory model a load may return an old value, or one that is stored
 * later, so the runner chooses the value of each load. The hook before a load
 * stores that value in the field, and the load returns it. A store takes
 * place and is added to the trace, but later loads of its field return chosen
 * values too. The runner's memory model decides which combinations of runs of
 * threads can happen.
 */
#include "isolated.h"

#include "execution.h"
#include "hooks.h"
#include "scheduler.h"
#include "stack.h"

/* Number of bits in dv_tree.outcomes. */
#define MAX_TRIES	64

static struct {
	struct dv_machine usual;
	const int32_t *values, *end;
	int status;
} run;

/* Number of a field that vectors name, or -1. */
static int vector_field(uintptr_t offset)
{
	int field = -1;

	if (offset < dv_image.devices_size)
		field = dv_image.field_at[offset] - 1;
	return field < DV_NR_VECTOR_FIELDS ? field : -1;
}

static int is_field(uintptr_t offset)
{
	const struct dv_tree *tree = dv_image.tree;
	size_t i;

	if (offset < dv_image.devices_size)
		return dv_image.field_at[offset] != 0;
	for (i = tree->nr_fields - tree->nr_outside; i < tree->nr_fields; i++)
		if (offset == (uintptr_t)(intptr_t)tree->fields[i].offset)
			return 1;
	return 0;
}

/*
 * Handles an access to memory that vectors do not name: no event, because only
 * this thread changes it.
 */
static void access_other(int op, const volatile void *addr, size_t size,
			 int marked, struct dv_place place)
{
	uintptr_t offset = (const volatile char *)addr - dv_image.device;

	if (dv_is_stack((uintptr_t)addr))
		return;
	if (op != DV_READ)
		run.status |= DV_BEYOND;
	if (!is_field(offset)) {
		run.usual.access(op, addr, size, marked, place);
	} else if (offset < dv_image.devices_size &&
		   dv_image.tree->freed(offset / DV_DEVICE_STRIDE)) {
		dv_complete_step();
		dv_run.current->touched_freed = 1;
		dv_complete_step();
	}
}

static void on_isolated_access(int op, const volatile void *addr, size_t size,
			       int marked, struct dv_place place)
{
	int field = vector_field((const volatile char *)addr - dv_image.device);

	if (!dv_run.current)
		return;
	if (field < 0) {
		access_other(op, addr, size, marked, place);
		return;
	}
	dv_complete_step();
	if (op != DV_WRITE && run.values != run.end)
		dv_set_value(field, *run.values++);
	else if (op != DV_WRITE)
		run.status |= DV_WAITS;
	run.usual.access(op, addr, size, marked, place);
	if (run.status & DV_WAITS) {
		dv_run.incomplete = NULL;
		dv_run.live = 0;
		dv_schedule();
	}
}

static void on_isolated_fence(int fence)
{
	if (!dv_run.current)
		return;
	dv_complete_step();
	dv_add_record(&(struct dv_record){
		.type = DV_FENCE, .agent = dv_run.current->agent,
		.event = dv_run.nr_events, .a = fence,
	});
}

/* Marks accesses with DV_TRY that were performed and did not store. */
static void mark_failures(void)
{
	uint64_t outcomes = *dv_image.tree->outcomes;
	int last = dv_run.nr_events - 1, tries = 0, i;

	if (run.status & DV_WAITS)
		last--;
	for (i = last; i >= 0; i--) {
		struct dv_event *event = &dv_run.events[i];

		if (event->op != DV_RMW || !(event->marked & DV_TRY))
			continue;
		if (++tries > MAX_TRIES) {
			run.status |= DV_BEYOND;
			return;
		}
		if (!(outcomes & 1))
			event->marked |= DV_FAILED;
		outcomes >>= 1;
	}
}

size_t dv_run_isolated(int thread, const int32_t *values, size_t count,
		       char *out, int *status)
{
	size_t size;

	run.usual = dv_hooks;
	run.values = values;
	run.end = values + count;
	run.status = 0;
	dv_hooks.access = on_isolated_access;
	dv_hooks.fence = on_isolated_fence;
	size = dv_run_threads(1U << thread, NULL, 0, out);
	dv_hooks = run.usual;
	mark_failures();
	*status = run.status;
	return size;
}
