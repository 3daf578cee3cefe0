// SPDX-License-Identifier: GPL-2.0-only
/*
 * One slab with one object. The constructor runs once: an object that is
 * allocated again has the contents that it was freed with.
 */
#include "vocabulary.h"
#include "shim.h"

static union {
	char bytes[DV_DEVICE_MAX];
	u64 align;
} object;
static bool allocated, freed;
static void (*constructor)(void *);

int dv_freed(void)
{
	return freed;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, unsigned int flags,
				     void (*ctor)(void *))
{
	if (size > sizeof(object))
		return NULL;
	constructor = ctor;
	return (struct kmem_cache *)&object;
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	if (allocated && !freed)
		return NULL;
	if (!allocated && constructor)
		constructor(&object);
	allocated = true;
	freed = false;
	return &object;
}

void kmem_cache_free(struct kmem_cache *cache, void *ptr)
{
	dv_machine->point(DV_FREE, "dax_device", NULL, DV_CALLER);
	freed = true;
}

void *memset(void *to, int c, size_t n)
{
	u8 *byte = to;

	dv_machine->access(DV_WRITE, to, n, 0, DV_CALLER);
	while (n--)
		*byte++ = c;
	return to;
}

void *memcpy(void *to, const void *from, size_t n)
{
	const u8 *source = from;
	u8 *byte = to;

	dv_machine->access(DV_READ, from, n, 0, DV_CALLER);
	dv_machine->access(DV_WRITE, to, n, 0, DV_CALLER);
	while (n--)
		*byte++ = *source++;
	return to;
}

int strcmp(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return *a - *b;
}
