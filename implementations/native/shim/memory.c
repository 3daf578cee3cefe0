// SPDX-License-Identifier: GPL-2.0-only
/*
 * One slab with one object, or two. The constructor runs once for each: an
 * object that is allocated again has the contents that it was freed with.
 */
#include "vocabulary.h"
#include "shim.h"

static union {
	char bytes[DV_DEVICE_STRIDE];
	u64 align;
} objects[DV_NR_DEVICES];
static int nr_objects = 1;
static bool allocated[DV_NR_DEVICES];
static void (*constructor)(void *);

int dv_freed(int device)
{
	return !allocated[device];
}

void dv_add_memory(void)
{
	nr_objects = DV_NR_DEVICES;
	if (constructor)
		constructor(&objects[DV_LOG]);
}

int dv_device_at(const volatile void *address)
{
	const volatile char *at = address;
	unsigned long offset = at - objects[0].bytes;

	return offset < sizeof(objects) ? offset / DV_DEVICE_STRIDE : -1;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, unsigned int flags,
				     void (*ctor)(void *))
{
	if (size > sizeof(objects[0]))
		return NULL;
	constructor = ctor;
	if (constructor)
		constructor(&objects[DV_DEVICE]);
	return (struct kmem_cache *)objects;
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	int i = 0;

	while (i < nr_objects && allocated[i])
		i++;
	if (i == nr_objects)
		return NULL;
	allocated[i] = true;
	return &objects[i];
}

/* An object is known by the address of its name. */
static const char name[] = "dax_device", log_name[] = "log.dax_device";

void kmem_cache_free(struct kmem_cache *cache, void *ptr)
{
	int device = dv_device_at(ptr);

	dv_machine->point(DV_FREE, device == DV_LOG ? log_name : name, NULL,
			  DV_CALLER);
	if (device >= 0)
		allocated[device] = false;
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
