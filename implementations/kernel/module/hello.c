// SPDX-License-Identifier: GPL-2.0-only
/*
 * Answer to "hello":
 *
 *   without CALL REASON            for each call that cannot be made
 *   blind                          breakpoints do not see cmpxchg()
 *   inlined FIELD                  inlined functions may read it
 *   hello VERSION RELEASE THREADS CALL...
 */
#include <linux/utsname.h>

#include "breakpoint.h"
#include "call.h"
#include "hello.h"
#include "output.h"
#include "program.h"
#include "thread.h"
#include "trace.h"

/* Hash of the source files, given by the runner that builds the module. */
#ifndef DV_VERSION
#define DV_VERSION	"unknown"
#endif

void dv_hello(void)
{
	const char *obstacle;
	int fn;

	for (fn = 0; fn < DV_NR_FNS; fn++) {
		obstacle = dv_call_obstacle(fn);
		if (obstacle)
			dv_print("without %s %s\n", dv_fn_names[fn], obstacle);
	}
	if (!dv_breakpoint_sees_locked)
		dv_print("blind\n");
#ifndef DV_SUPER
	/* dax_alive() and dax_get_private() test it. */
	dv_print("inlined %s\n", dv_object_names[DV_FLAGS]);
#endif
	dv_print("hello %s %s %d", DV_VERSION, utsname()->release,
		 dv_max_threads);
	for (fn = 0; fn < DV_NR_FNS; fn++)
		if (!dv_call_obstacle(fn))
			dv_print(" %s", dv_fn_names[fn]);
	dv_print("\n");
}
