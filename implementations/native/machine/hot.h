/* SPDX-License-Identifier: MIT */
/*
 * What happens at every point, compiled into each file that needs it: a call
 * from file to file costs as much as it does.
 */
#ifndef DV_HOT_H
#define DV_HOT_H

#include "state.h"

/* Pointers to holders and operations are shown as small numbers. */
static inline int32_t dv_value_of(const struct dv_field *field,
				  const volatile void *addr)
{
	const struct dv_tree *tree = dv_image.tree;
	const char *pointer;

	switch (field->kind) {
	case DV_KIND_HOLDER:
		pointer = *(char *const volatile *)addr;
		if (!pointer)
			return 0;
		if (pointer < tree->holders ||
		    pointer >= tree->holders + DV_MAX_HOLDERS)
			return -1;
		return pointer - tree->holders + 1;
	case DV_KIND_OPS:
		pointer = *(char *const volatile *)addr;
		if (!pointer)
			return 0;
		if (pointer < tree->ops ||
		    pointer >= tree->ops + DV_MAX_HOLDERS * tree->ops_size)
			return -1;
		return (pointer - tree->ops) / tree->ops_size + 1;
	case DV_KIND_BIT:
		return !!(*(const volatile unsigned long *)addr & field->mask);
	case DV_KIND_COUNT:
		return *(const volatile int *)addr;
	default:
		return *(void *const volatile *)addr != NULL;
	}
}

static inline int32_t dv_value_at(int field)
{
	const struct dv_field *f = &dv_image.tree->fields[field];

	return dv_value_of(f, dv_image.device + f->offset);
}

/* Is it a field that lies beside the device? */
static inline int dv_is_outside_device(size_t field)
{
	return field >= dv_image.tree->nr_fields - dv_image.tree->nr_outside;
}

static inline int dv_is_stack(uintptr_t addr)
{
	return addr - (uintptr_t)dv_image.stacks <
	       DV_MAX_AGENTS * (DV_STACK_SIZE + DV_GUARD_SIZE);
}

/* An address in the tree as it is written down; 0: none. */
static inline uint32_t dv_relative(uintptr_t pc)
{
	return pc > dv_image.base ? pc - dv_image.base : 0;
}

/* The access that was performed last has happened by now. */
static inline void dv_complete_event(void)
{
	struct dv_event *event = dv_run.incomplete;

	if (event) {
		event->new = dv_value_at(event->object);
		dv_run.incomplete = NULL;
	}
}

/* Comes before anything that a thread asks for: what it did is over. */
static inline void dv_complete_step(void)
{
	dv_complete_event();
	if (dv_run.current->touched_freed)
		dv_end_with_fault(DV_USE_AFTER_FREE);
}

#endif
