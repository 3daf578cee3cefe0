// SPDX-License-Identifier: MIT
#include "run.h"

#include <string.h>

#include "stack.h"

struct dv_run dv_run;

static void init_thread(int agent, void (*entry)(void))
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
	dv_prepare(&thread->context, dv_stack_of(agent), DV_STACK_SIZE, entry);
}

void dv_begin_run(uint32_t threads, const uint8_t *schedule, size_t length,
		  char *out, void (*entry)(void))
{
	struct dv_header *header = (struct dv_header *)out;
	int i;

	memset(header, 0, sizeof(*header));
	header->diverged_at = -1;
	dv_run.current = NULL;
	dv_run.live = threads;
	dv_run.waiting = 0;
	dv_run.refused = 0;
	dv_run.schedule = schedule;
	dv_run.schedule_length = length;
	dv_run.header = header;
	dv_run.events = (struct dv_event *)(header + 1);
	dv_run.incomplete = NULL;
	dv_run.nr_events = dv_run.nr_records = 0;
	for (i = 0; i < dv_program.nr_threads; i++)
		if (threads & (1U << i))
			init_thread(i, entry);
}
