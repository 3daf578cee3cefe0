// SPDX-License-Identifier: MIT
#include "load.h"

#include "device.h"
#include "execution.h"
#include "run.h"

/* Runs the setup as thread 0. Returns 0 or 1 + the fault that ended it. */
static int set_up(void)
{
	static char scratch[DV_EXECUTION_MAX];
	const struct calls first = dv_program.threads[0];
	const int nr_threads = dv_program.nr_threads;
	int i;

	dv_program.threads[0] = dv_program.setup;
	dv_program.nr_threads = 1;
	dv_execute(NULL, 0, scratch);
	dv_program.threads[0] = first;
	dv_program.nr_threads = nr_threads;
	for (i = 0; i < dv_run.nr_records; i++)
		if (dv_run.records[i].type == DV_FAULTED)
			return 1 + dv_run.records[i].a;
	return 0;
}

int dv_load(const int32_t *words, size_t count, struct dv_header *start)
{
	int rc;

	dv_restore_boot();
	rc = dv_read_program(words, count);
	if (rc)
		return rc;
	dv_save_start();
	if (dv_program.setup.count) {
		rc = set_up();
		if (rc)
			return rc;
		dv_save_start();
	}
	dv_get_devices(start);
	return 0;
}
