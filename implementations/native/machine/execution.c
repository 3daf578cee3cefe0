// SPDX-License-Identifier: MIT
/* One execution: every thread before its first call, until nobody goes on. */
#include <string.h>

#include "state.h"

struct dv_run dv_run;

static void prepare(int agent)
{
	struct thread *thread = &dv_run.threads[agent];

	memset(thread, 0, sizeof(*thread));
	thread->agent = agent;
	thread->calls = dv_program.threads[agent];
	thread->site = dv_program.calls[thread->calls.first].site;
	thread->pending = (struct pending){
		.event = {
			.agent = agent, .op = DV_CALL, .marked = 1,
			.site = thread->site,
		},
	};
}

size_t dv_execute(const uint8_t *schedule, size_t length, char *out)
{
	return dv_run_threads((1U << dv_program.nr_threads) - 1, schedule,
			      length, out);
}

size_t dv_run_threads(uint32_t threads, const uint8_t *schedule, size_t length,
		      char *out)
{
	struct dv_header *header = (struct dv_header *)out;
	size_t size;
	int i;

	memcpy(dv_image.data, dv_image.snapshot, dv_image.size);
	memset(header, 0, sizeof(*header));
	header->diverged_at = -1;
	dv_run.header = header;
	dv_run.events = (struct dv_event *)(header + 1);
	dv_run.nr_events = dv_run.nr_records = 0;
	dv_run.schedule = schedule;
	dv_run.schedule_length = length;
	dv_run.live = threads;
	dv_run.waiting = 0;
	dv_run.incomplete = NULL;
	for (i = 0; i < dv_program.nr_threads; i++)
		prepare(i);
	dv_run.current = NULL;
	dv_schedule();

	dv_get_device(header);
	header->events = dv_run.nr_events;
	header->records = dv_run.nr_records;
	out = (char *)(dv_run.events + dv_run.nr_events);
	size = dv_run.nr_records * sizeof(*dv_run.records);
	memcpy(out, dv_run.records, size);
	return out + size - (char *)header;
}
