/* SPDX-License-Identifier: MIT */
/* Fields of the device, and their values as the runner sees them. */
#ifndef DV_DEVICE_H
#define DV_DEVICE_H

#include "format.h"
#include "image.h"

/* Fields that vectors name; they come first in struct dv_tree. */
#define DV_NR_VECTOR_FIELDS	4

/* Holders are numbered from 1; 0 gives NULL. */
void *dv_holder_pointer(int32_t holder);
void *dv_ops_pointer(int32_t holder);

void dv_get_devices(struct dv_header *header);
void dv_set_device(int device, int32_t alive, int32_t holder, int32_t ops,
		   int32_t refs);
/* Inverse of dv_value_at(), for the fields of the device that vectors name. */
void dv_set_value(int field, int32_t value);

/*
 * Encodes the value of a field. A pointer to a holder or its operations is the
 * number of the holder; NULL is 0, a pointer to anything else -1.
 */
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

static inline int dv_is_outside_device(size_t field)
{
	return field >= dv_image.tree->nr_fields - dv_image.tree->nr_outside;
}

/* The device that a field within a device belongs to. */
static inline int dv_device_of(size_t field)
{
	return field < dv_image.tree->nr_own ? DV_DEVICE : DV_LOG;
}

#endif
