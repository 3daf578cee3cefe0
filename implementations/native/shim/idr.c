// SPDX-License-Identifier: GPL-2.0-only
/*
 * ida and xarray, as far as two devices need them: each function is one event,
 * and an xarray has two entries.
 */
#include "vocabulary.h"
#include "shim.h"

int ida_alloc_max(struct ida *ida, unsigned int max, gfp_t gfp)
{
	int id;

	dv_machine->access(DV_RMW, &ida->used, sizeof(ida->used), 1, DV_CALLER);
	if (!~ida->used)
		return -ENOSPC;
	id = __builtin_ctzl(~ida->used);
	if ((unsigned int)id > max)
		return -ENOSPC;
	ida->used |= 1UL << id;
	return id;
}

int ida_alloc(struct ida *ida, gfp_t gfp)
{
	return ida_alloc_max(ida, INT_MAX, gfp);
}

void ida_free(struct ida *ida, unsigned int id)
{
	dv_machine->access(DV_RMW, &ida->used, sizeof(ida->used), 1, DV_CALLER);
	if (id < 8 * sizeof(ida->used))
		ida->used &= ~(1UL << id);
}

void ida_destroy(struct ida *ida)
{
	ida->used = 0;
}

/* The place of an index, which it keeps without an entry; NULL for a third. */
static void **entry_of(struct xarray *xa, unsigned long index)
{
	int i;

	for (i = 0; i < 2; i++) {
		if (!xa->index[i])
			xa->index[i] = index;
		if (xa->index[i] == index)
			return &xa->entry[i];
	}
	return NULL;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	void **entry = entry_of(xa, index);

	if (!entry)
		return NULL;
	dv_machine->access(DV_READ, entry, sizeof(*entry), 1, DV_CALLER);
	return *entry;
}

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void **at = entry_of(xa, index);

	if (!at)
		return -ENOMEM;
	dv_machine->access(DV_RMW, at, sizeof(*at), 1, DV_CALLER);
	if (*at)
		return -EBUSY;
	*at = entry;
	return 0;
}

static void *replace(struct xarray *xa, unsigned long index, void *entry,
		     struct dv_place place)
{
	void **at = entry_of(xa, index), *old;

	if (!at)
		return NULL;
	dv_machine->access(DV_WRITE, at, sizeof(*at), 1, place);
	old = *at;
	*at = entry;
	return old;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	return replace(xa, index, NULL, DV_CALLER);
}

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	return replace(xa, index, entry, DV_CALLER);
}
