// SPDX-License-Identifier: GPL-2.0-only
/*
 * The end of an execution that reaches a word which the vocabulary lacks. The
 * runner compiles a function for each such word (replacements.ts), which calls
 * dv_unknown(). A warning whose place lies in that function tells it from other
 * warnings; while the tree boots, the result of boot() says the same.
 */
#include "vocabulary.h"
#include "shim.h"

/* Bits of an offset within the shared object, in the result of boot(). */
#define OFFSET_BITS	23
#define FIRST_STATUS	4096

extern const char __ehdr_start[] __attribute__((visibility("hidden")));

static void *boot_end[5];
static bool booting;
static int boot_status;

int dv_boot_until_unknown(int (*boot)(void))
{
	int rc;

	if (__builtin_setjmp(boot_end)) {
		booting = false;
		return boot_status;
	}
	booting = true;
	rc = boot();
	booting = false;
	return rc;
}

long dv_unknown(int word)
{
	const struct dv_place place = DV_CALLER;

	if (booting) {
		boot_status = -FIRST_STATUS - (word << OFFSET_BITS) -
			      (int)(place.caller - (uintptr_t)__ehdr_start);
		__builtin_longjmp(boot_end, 1);
	}
	dv_machine->warn(place);
	__builtin_trap();
}
