// SPDX-License-Identifier: MIT
#include "hooks.h"

#include "calls.h"
#include "scheduler.h"
#include "stack.h"

/* Scheduling point. Returns when the thread is to perform the event. */
static inline void add_point(struct thread *self, int op, int marked,
			     int object, const unsigned long *busy,
			     struct dv_place place)
{
	self->pending = (struct pending){
		.event = {
			.agent = self->agent, .op = op, .marked = marked,
			.object = object, .site = self->site,
			.pc = dv_relative(place.pc),
			.caller = dv_relative(place.caller),
		},
		.busy = busy,
	};
	dv_schedule();
}

static int is_tree_or_program(uintptr_t addr)
{
	return addr - dv_image.base <
	       (uintptr_t)dv_image.end - dv_image.base ||
	       addr - (uintptr_t)&dv_program < sizeof(dv_program);
}

/* Ends the thread unless the address is in the tree or in the program. */
static void check_address(uintptr_t addr)
{
	if (is_tree_or_program(addr))
		return;
	dv_complete_step();
	dv_end_with_fault(addr < DV_NULL_END ? DV_NULL_DEREFERENCE :
					       DV_WILD_ACCESS);
}

/* Number of a field outside the device that has events, or -1. */
static int field_outside(uintptr_t offset)
{
	const struct dv_tree *tree = dv_image.tree;
	int i, end = tree->nr_fields;

	for (i = end - tree->nr_outside; i < end; i++)
		if (offset == (uintptr_t)(intptr_t)tree->fields[i].offset)
			return (i >= end - 2 && !dv_program.changes_hosts) ||
			       (i == end - 3 && !dv_program.takes_minors) ?
			       -1 : i;
	return -1;
}

/*
 * Handles an access to a member of a device that is not a field: it belongs
 * to the VFS and has no event. If the device is freed, the thread ends.
 */
static void check_freed(struct thread *self, int device)
{
	if (!dv_image.tree->freed(device))
		return;
	dv_complete_step();
	self->touched_freed = 1;
	dv_complete_step();
}

static void on_access(int op, const volatile void *addr, size_t size,
		      int marked, struct dv_place place)
{
	uintptr_t offset = (const volatile char *)addr - dv_image.device;
	struct thread *self = dv_run.current;
	int field;

	if (!self)
		return;
	if (offset >= dv_image.devices_size) {
		if (dv_is_stack((uintptr_t)addr))
			return;
		field = field_outside(offset);
		if (field < 0) {
			check_address((uintptr_t)addr);
			return;
		}
		dv_complete_step();
		add_point(self, op, marked, field, NULL, place);
		return;
	}
	field = dv_image.field_at[offset];
	if (!field) {
		check_freed(self, offset / DV_DEVICE_STRIDE);
		return;
	}
	dv_complete_step();
	add_point(self, op, marked, field - 1, NULL, place);
}

static void on_point(int op, const char *object, const unsigned long *busy,
		     struct dv_place place)
{
	struct thread *self = dv_run.current;

	if (!self)
		return;
	dv_complete_step();
	if (busy)
		dv_run.waiting |= 1U << self->agent;
	add_point(self, op, 1, dv_object_number(object), busy, place);
}

static void on_warn(struct dv_place place)
{
	struct thread *self = dv_run.current;

	if (!self || self->touched_freed)
		return;
	dv_add_record(&(struct dv_record){
		.type = DV_WARNING, .agent = self->agent,
		.event = dv_run.nr_events - 1,
		.words = { dv_relative(place.pc), dv_relative(place.caller) },
	});
}

static void on_found(const volatile int *count)
{
	struct dv_event *event = dv_run.incomplete;
	uintptr_t offset = (const volatile char *)count - dv_image.device;

	if (!dv_run.current || !event || offset >= dv_image.devices_size)
		return;
	event->object = dv_image.field_at[offset] - 1;
	event->old = event->new = dv_value_at(event->object);
}

/* Barriers have no effect: scheduled executions are sequentially consistent. */
static void on_fence(int fence)
{
}

struct dv_machine dv_hooks = {
	.access = on_access,
	.fence = on_fence,
	.point = on_point,
	.warn = on_warn,
	.notify = dv_notify,
	.found = on_found,
	.start_off = dv_start_off,
};
