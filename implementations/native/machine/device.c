// SPDX-License-Identifier: MIT
#include "device.h"

void *dv_holder_pointer(int32_t holder)
{
	return holder ? dv_image.tree->holders + holder - 1 : NULL;
}

void *dv_ops_pointer(int32_t holder)
{
	const struct dv_tree *tree = dv_image.tree;

	return holder ? tree->ops + (holder - 1) * tree->ops_size : NULL;
}

/* The first fields of struct dv_tree: shim/tree.c. */
enum { HOLDER, OPS, FLAGS, COUNT };
_Static_assert(COUNT + 1 == DV_NR_VECTOR_FIELDS, "fields that vectors name");

static void *address_of(int field)
{
	return dv_image.device + dv_image.tree->fields[field].offset;
}

void dv_get_devices(struct dv_header *header)
{
	int i;

	for (i = 0; i < DV_NR_DEVICES; i++) {
		int first = i * dv_image.tree->nr_own;

		header->devices[i] = (struct dv_state){
			.alive = dv_value_at(first + FLAGS),
			.holder = dv_value_at(first + HOLDER),
			.ops = dv_value_at(first + OPS),
			.refs = dv_value_at(first + COUNT),
		};
	}
}

static void set_value(int device, int field, int32_t value)
{
	const unsigned long mask = dv_image.tree->fields[FLAGS].mask;
	void *address = address_of(device * dv_image.tree->nr_own + field);
	unsigned long *flags = address;

	switch (field) {
	case HOLDER:
		*(void **)address = value < 0 ? (void *)-1UL :
				    dv_holder_pointer(value);
		break;
	case OPS:
		*(void **)address = value < 0 ? (void *)-1UL :
				    dv_ops_pointer(value);
		break;
	case FLAGS:
		*flags = value ? *flags | mask : *flags & ~mask;
		break;
	case COUNT:
		*(int *)address = value;
		break;
	}
}

void dv_set_value(int field, int32_t value)
{
	set_value(DV_DEVICE, field, value);
}

void dv_set_device(int device, int32_t alive, int32_t holder, int32_t ops,
		   int32_t refs)
{
	set_value(device, HOLDER, holder);
	set_value(device, OPS, ops);
	set_value(device, FLAGS, alive);
	set_value(device, COUNT, refs);
}
