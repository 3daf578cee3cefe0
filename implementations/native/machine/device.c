// SPDX-License-Identifier: MIT
/* The device as programs set it, and as they leave it. */
#include "hot.h"

void *dv_holder_pointer(int32_t holder)
{
	return holder ? dv_world.tree->holders + holder - 1 : NULL;
}

void *dv_ops_pointer(int32_t holder)
{
	const struct dv_tree *tree = dv_world.tree;

	return holder ? tree->ops + (holder - 1) * tree->ops_size : NULL;
}

/* The first four fields are those that programs speak of: shim/tree.c. */
enum { HOLDER, OPS, FLAGS, COUNT };

static void *address_of(int field)
{
	return dv_world.device + dv_world.tree->fields[field].offset;
}

void dv_get_device(struct dv_header *state)
{
	state->holder = dv_value_at(HOLDER);
	state->ops = dv_value_at(OPS);
	state->alive = dv_value_at(FLAGS);
	state->refs = dv_value_at(COUNT);
}

void dv_set_device(int32_t alive, int32_t holder, int32_t ops, int32_t refs)
{
	const unsigned long mask = dv_world.tree->fields[FLAGS].mask;
	unsigned long *flags = address_of(FLAGS);

	*(void **)address_of(HOLDER) = dv_holder_pointer(holder);
	*(void **)address_of(OPS) = dv_ops_pointer(ops);
	*flags = alive ? *flags | mask : *flags & ~mask;
	*(int *)address_of(COUNT) = refs;
}
