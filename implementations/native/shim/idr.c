// SPDX-License-Identifier: GPL-2.0-only
/*
 * ida and xarray, as far as one device needs them: each function is one event,
 * and an xarray has one entry.
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

void *xa_load(struct xarray *xa, unsigned long index)
{
	dv_machine->access(DV_READ, &xa->entry, sizeof(xa->entry), 1,
			   DV_CALLER);
	return xa->index == index ? xa->entry : NULL;
}

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	dv_machine->access(DV_RMW, &xa->entry, sizeof(xa->entry), 1, DV_CALLER);
	if (xa->entry)
		return -EBUSY;
	xa->index = index;
	xa->entry = entry;
	return 0;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	void *entry;

	dv_machine->access(DV_WRITE, &xa->entry, sizeof(xa->entry), 1,
			   DV_CALLER);
	entry = xa->index == index ? xa->entry : NULL;
	if (entry)
		xa->entry = NULL;
	return entry;
}

void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	void *old;

	dv_machine->access(DV_WRITE, &xa->entry, sizeof(xa->entry), 1,
			   DV_CALLER);
	old = xa->entry;
	xa->index = index;
	xa->entry = entry;
	return old;
}
