// SPDX-License-Identifier: MIT
/*
 * One thread by itself, for weak memory: what a read finds there is not what
 * was stored last, so the machine is told. The hook comes before the load:
 * it puts the value there, old or not stored yet, and lets the load happen.
 * A store happens, is written down, and nobody else ever sees it: the next
 * load of the same place is told its value like any other. When it reaches
 * others is for a memory model to say, which has all threads in view.
 */
#include "hot.h"

#define TRIES_MAX	64	/* bits of dv_outcomes */

static struct {
	struct dv_machine usual;
	const int32_t *values, *end;
	int how;
} alone;

/* The fields that programs speak of; -1: anything else. */
static int spoken_of(uintptr_t offset)
{
	int field = -1;

	if (offset < dv_world.tree->device_size)
		field = dv_world.field_at[offset] - 1;
	return field < DV_NR_SPOKEN ? field : -1;
}

static int is_field(uintptr_t offset)
{
	const struct dv_tree *tree = dv_world.tree;
	size_t i;

	if (offset < tree->device_size)
		return dv_world.field_at[offset] != 0;
	for (i = tree->nr_fields - tree->nr_outside; i < tree->nr_fields; i++)
		if (offset == (uintptr_t)(intptr_t)tree->fields[i].offset)
			return 1;
	return 0;
}

/* It stays as it is, unless this very thread writes it: no event. */
static void elsewhere(int op, const volatile void *addr, size_t size,
		      int marked, struct dv_place place)
{
	uintptr_t offset = (const volatile char *)addr - dv_world.device;

	if (dv_is_stack((uintptr_t)addr))
		return;
	if (op != DV_READ)
		alone.how |= DV_BEYOND;
	if (!is_field(offset)) {
		alone.usual.access(op, addr, size, marked, place);
	} else if (offset < dv_world.tree->device_size &&
		   dv_world.tree->freed()) {
		dv_arrive();
		dv_run.current->doomed = 1;
		dv_arrive();
	}
}

static void access_alone(int op, const volatile void *addr, size_t size,
			 int marked, struct dv_place place)
{
	int field = spoken_of((const volatile char *)addr - dv_world.device);

	if (!dv_run.current)
		return;
	if (field < 0) {
		elsewhere(op, addr, size, marked, place);
		return;
	}
	dv_arrive();
	if (op != DV_WRITE && alone.values != alone.end)
		dv_set_value(field, *alone.values++);
	else if (op != DV_WRITE)
		alone.how |= DV_WAITS;
	alone.usual.access(op, addr, size, marked, place);
	if (alone.how & DV_WAITS) {
		dv_run.unsettled = NULL;
		dv_run.live = 0;
		dv_choose();
	}
}

static void fence_alone(int fence)
{
	if (!dv_run.current)
		return;
	dv_arrive();
	dv_note(&(struct dv_record){
		.type = DV_FENCE, .agent = dv_run.current->agent,
		.event = dv_run.nr_events, .a = fence,
	});
}

/* Of the accesses that were tried, and whose thread went on after them. */
static void tell_outcomes(void)
{
	uint64_t outcomes = *dv_world.tree->outcomes;
	int last = dv_run.nr_events - 1, tries = 0, i;

	if (alone.how & DV_WAITS)
		last--;
	for (i = last; i >= 0; i--) {
		struct dv_event *event = &dv_run.events[i];

		if (event->op != DV_RMW || !(event->marked & DV_TRY))
			continue;
		if (++tries > TRIES_MAX) {
			alone.how |= DV_BEYOND;
			return;
		}
		if (!(outcomes & 1))
			event->marked |= DV_FAILED;
		outcomes >>= 1;
	}
}

size_t dv_execute_alone(int thread, const int32_t *values, size_t count,
			char *out, int *how)
{
	size_t size;

	alone.usual = dv_machine_table;
	alone.values = values;
	alone.end = values + count;
	alone.how = 0;
	dv_machine_table.access = access_alone;
	dv_machine_table.fence = fence_alone;
	size = dv_run_threads(1U << thread, NULL, 0, out);
	dv_machine_table = alone.usual;
	tell_outcomes();
	*how = alone.how;
	return size;
}
