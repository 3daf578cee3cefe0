// SPDX-License-Identifier: MIT
#include "scheduler.h"

volatile uint32_t dv_progress;

/* agent is -1 for a fault of the whole execution. */
static void add_fault(int agent, int fault)
{
	dv_add_record(&(struct dv_record){
		.type = DV_FAULTED, .agent = agent,
		.event = dv_run.nr_events - 1, .a = fault, .b = dv_run.refused,
	});
}

static void add_blocked(int agent)
{
	const struct dv_event *event = &dv_run.threads[agent].pending.event;

	dv_add_record(&(struct dv_record){
		.type = DV_BLOCKED, .agent = agent, .event = event->site,
		.a = event->op, .b = event->object,
	});
}

static __attribute__((noreturn)) void finish(void)
{
	struct dv_context done;
	int i;

	for (i = 0; i < dv_program.nr_threads; i++)
		if (dv_run.live & (1U << i))
			add_blocked(i);
	dv_run.current = NULL;
	dv_switch(&done, &dv_run.main);
	__builtin_unreachable();
}

static uint32_t enabled_agents(void)
{
	uint32_t enabled = dv_run.live, left;

	for (left = dv_run.waiting & dv_run.live; left; left &= left - 1) {
		int agent = __builtin_ctz(left);

		if (*dv_run.threads[agent].pending.busy)
			enabled &= ~(1U << agent);
	}
	return enabled;
}

static void diverge(int wanted)
{
	dv_run.header->diverged_at = dv_run.nr_events;
	dv_run.header->diverged_agent = wanted;
	dv_run.header->diverged_why = wanted >= dv_program.nr_threads ? 2 :
				      !(dv_run.live & (1U << wanted)) ? 0 : 1;
}

void dv_schedule(void)
{
	uint32_t enabled = enabled_agents();
	struct thread *self = dv_run.current, *next = self;
	int at = dv_run.nr_events;

	dv_progress++;
	if (!enabled) {
		if (dv_run.live)
			add_fault(-1, DV_DEADLOCK);
		finish();
	}
	if (at == DV_EVENT_LIMIT) {
		add_fault(-1, DV_LIVELOCK);
		finish();
	}
	if ((size_t)at < dv_run.schedule_length &&
	    dv_run.header->diverged_at < 0) {
		int wanted = dv_run.schedule[at];

		if (wanted < dv_program.nr_threads &&
		    (enabled & (1U << wanted)))
			next = &dv_run.threads[wanted];
		else
			diverge(wanted);
	}
	if (!next || !(enabled & (1U << next->agent)))
		next = &dv_run.threads[__builtin_ctz(enabled)];

	dv_run.waiting &= ~(1U << next->agent);
	dv_add_event(next, enabled);
	if (next == self)
		return;
	dv_run.current = next;
	dv_switch(self ? &self->context : &dv_run.main, &next->context);
}

void dv_end_thread(void)
{
	dv_run.live &= ~(1U << dv_run.current->agent);
	dv_schedule();
	__builtin_unreachable();
}

void dv_end_with_fault(int fault)
{
	struct thread *self = dv_run.current;

	dv_complete_event();
	if (self->touched_freed)
		fault = DV_USE_AFTER_FREE;
	add_fault(self->agent, fault);
	dv_end_thread();
}
