// SPDX-License-Identifier: MIT
/* A tree's memory, and the stacks of its threads. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "state.h"

#define STRIDE	(DV_STACK_SIZE + DV_GUARD_SIZE)

struct dv_image dv_image;

static int map_stacks(void)
{
	char *stacks = mmap(NULL, DV_MAX_AGENTS * STRIDE,
			    PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int i;

	if (stacks == MAP_FAILED)
		return -errno;
	for (i = 0; i < DV_MAX_AGENTS; i++)
		if (mprotect(stacks + i * STRIDE, DV_GUARD_SIZE, PROT_NONE))
			return -errno;
	dv_image.stacks = stacks;
	return 0;
}

int dv_boot(const struct dv_tree *tree, uintptr_t base, char *data, size_t size,
	    struct dv_names *names)
{
	size_t i;
	int rc;

	if (size > sizeof(dv_image.snapshot) ||
	    tree->device_size > sizeof(dv_image.field_at))
		return -E2BIG;
	dv_image.tree = tree;
	dv_image.base = base;
	dv_image.data = data;
	dv_image.size = size;
	dv_image.end = data + size;
	dv_image.names = names;
	rc = map_stacks();
	if (rc)
		return rc;
	rc = tree->boot();
	if (rc)
		return rc;
	dv_image.device = tree->device();
	for (i = 0; i < tree->nr_fields - tree->nr_outside; i++)
		memset(dv_image.field_at + tree->fields[i].offset, i + 1,
		       tree->fields[i].size);
	memcpy(dv_image.booted, data, size);
	return 0;
}
