// SPDX-License-Identifier: MIT
#include "execution.h"

#include <string.h>

#include "calls.h"
#include "scheduler.h"

size_t dv_run_threads(uint32_t threads, const uint8_t *schedule, size_t length,
		      char *out)
{
	struct dv_header *header = (struct dv_header *)out;
	size_t size;

	dv_restore_start();
	dv_begin_run(threads, schedule, length, out, dv_thread_main);
	dv_schedule();

	dv_get_devices(header);
	header->events = dv_run.nr_events;
	header->records = dv_run.nr_records;
	out = (char *)(dv_run.events + dv_run.nr_events);
	size = dv_run.nr_records * sizeof(*dv_run.records);
	memcpy(out, dv_run.records, size);
	return out + size - (char *)header;
}

size_t dv_execute(const uint8_t *schedule, size_t length, char *out)
{
	return dv_run_threads((1U << dv_program.nr_threads) - 1, schedule,
			      length, out);
}
