// SPDX-License-Identifier: MIT
#include "stack.h"

#include <errno.h>
#include <sys/mman.h>

char *dv_stacks;

int dv_map_stacks(void)
{
	char *stacks = mmap(NULL, DV_MAX_AGENTS * DV_STACK_STRIDE,
			    PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int i;

	if (stacks == MAP_FAILED)
		return -errno;
	for (i = 0; i < DV_MAX_AGENTS; i++)
		if (mprotect(stacks + i * DV_STACK_STRIDE, DV_GUARD_SIZE,
			     PROT_NONE))
			return -errno;
	dv_stacks = stacks;
	return 0;
}
