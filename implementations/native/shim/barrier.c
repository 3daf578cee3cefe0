// SPDX-License-Identifier: GPL-2.0-only
#include "vocabulary.h"
#include "shim.h"

void dv_fence(int fence)
{
	dv_machine->fence(fence);
}
