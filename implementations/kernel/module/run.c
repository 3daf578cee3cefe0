// SPDX-License-Identifier: GPL-2.0-only
/*
 * Executes a program once: says whose turn it is, event by event, as the
 * schedule says and then as it comes. Runs on a processor of its own.
 */
#include <linux/delay.h>
#include <linux/sched/clock.h>
#include <linux/srcu.h>

#include "dax-vectors.h"

struct dv_program dv_program;
struct dv_run dv_run;

/* The device after setup. */
static struct dv_state prepared;

static u64 now(void)
{
	return local_clock();
}

/* SRCU has its callbacks called on the first processor, which is ours. */
static void relax(void)
{
	cond_resched();
	cpu_relax();
}

static int state_of(struct dv_thread *thread)
{
	return smp_load_acquire(&thread->state);
}

/* Waits until the thread is no longer in a state; false when it takes long. */
static bool leaves(struct dv_thread *thread, int state)
{
	u64 limit = now() + DV_STEP_LIMIT;

	while (state_of(thread) == state) {
		if (now() > limit)
			return false;
		relax();
	}
	return true;
}

static bool reads(int serial)
{
	int thread, index;

	for (thread = 0; thread < dv_program.nr_threads; thread++) {
		struct dv_thread *reader = &dv_threads[thread];

		for (index = 0; index < reader->nr_sections; index++)
			if (reader->sections[index].serial == serial)
				return true;
	}
	return false;
}

/* Has synchronize_srcu() somebody left to wait for? */
static bool waits(const struct dv_thread *thread)
{
	int index;

	for (index = 0; index < thread->nr_seen; index++)
		if (reads(thread->seen[index]))
			return true;
	return false;
}

static bool asleep(struct dv_thread *thread)
{
	return READ_ONCE(thread->task->__state) != TASK_RUNNING &&
	       !READ_ONCE(thread->task->on_cpu);
}

/*
 * Lets synchronize_srcu() come so far that it does not wait for readers who
 * come from now on: it has exchanged the index that they get.
 */
static void settle(struct dv_thread *thread)
{
	u64 limit = now() + DV_STEP_LIMIT / 2;
	int idx = -1;
	int reader, index;

	for (reader = 0; reader < dv_program.nr_threads; reader++)
		for (index = 0; index < dv_threads[reader].nr_sections; index++)
			idx = dv_threads[reader].sections[index].idx;
	while (state_of(thread) == DV_SYNCING && now() < limit) {
		int current_idx = srcu_read_lock(dv_srcu);

		srcu_read_unlock(dv_srcu, current_idx);
		if (asleep(thread) && current_idx != idx)
			break;
		usleep_range(20, 50);
	}
}

/* Can the thread go on? */
static bool enabled(struct dv_thread *thread)
{
	if (thread->ended)
		return false;
	switch (state_of(thread)) {
	case DV_HELD:
	case DV_SYNCED:
		return true;
	case DV_SYNCING:
		return !waits(thread) && leaves(thread, DV_SYNCING);
	default:
		return false;
	}
}

static u32 all_enabled(void)
{
	u32 mask = 0;
	int index;

	for (index = 0; index < dv_program.nr_threads; index++)
		if (enabled(&dv_threads[index]))
			mask |= BIT(index);
	return mask;
}

/* Lets the thread make its next event. */
static bool step(struct dv_thread *thread)
{
	if (thread->state == DV_SYNCED) {
		dv_note(thread, DV_SYNC_END, DV_SRCU)->ip = thread->sync_ip;
		smp_store_release(&thread->state, DV_HELD);
		return true;
	}
	WRITE_ONCE(thread->state, DV_RUNNING);
	smp_store_release(&thread->go, 1);
	if (!leaves(thread, DV_RUNNING))
		return false;
	if (state_of(thread) != DV_SYNCING)
		return true;
	if (waits(thread))
		settle(thread);
	return true;
}

static void diverge(int at, int agent)
{
	dv_run.diverged_at = at;
	dv_run.diverged_agent = agent;
	if (agent >= dv_program.nr_threads)
		dv_run.diverged_why = "unknown-agent";
	else if (dv_threads[agent].ended ||
		 dv_threads[agent].state == DV_FAULTED)
		dv_run.diverged_why = "ended";
	else
		dv_run.diverged_why = "blocked";
}

static void follow(const u8 *schedule, int length)
{
	int current_agent = -1;
	int at, index;

	for (at = 0; !dv_run.late; at++) {
		u32 mask = all_enabled();

		if (!mask)
			break;
		if (at == DV_MAX_EVENTS - 2) {
			dv_record(DV_FAULT, -1)->fault = "livelock";
			return;
		}
		if (at < length && !dv_run.diverged_why) {
			if (schedule[at] < 32 && mask & BIT(schedule[at]))
				current_agent = schedule[at];
			else
				diverge(at, schedule[at]);
		}
		if (current_agent < 0 || !(mask & BIT(current_agent)))
			current_agent = __ffs(mask);
		dv_run.enabled = mask;
		if (!step(&dv_threads[current_agent])) {
			dv_run.late = true;
			dv_run.diverged_at = at;
			dv_run.diverged_agent = current_agent;
			dv_run.diverged_why = "blocked";
		}
	}
	for (index = 0; index < dv_program.nr_threads; index++)
		if (!dv_threads[index].ended &&
		    state_of(&dv_threads[index]) == DV_SYNCING)
			dv_run.blocked |= BIT(index);
	if (dv_run.blocked)
		dv_record(DV_FAULT, -1)->fault = "deadlock";
}

static void release(struct dv_thread *thread, const struct dv_calls *calls)
{
	thread->calls = calls;
	thread->go = 0;
	thread->ended = calls->nr == 0;
	thread->site = 0;
	thread->within = -1;
	thread->depth = 0;
	thread->destroyed = false;
	thread->nr_sections = 0;
	thread->nr_seen = 0;
	thread->state = DV_RUNNING;
	smp_store_release(&thread->wanted, thread->wanted + 1);
	wake_up_process(thread->task);
}

/* Brings every thread to its end; what it does there is not looked at. */
static bool drain(void)
{
	u64 limit = now() + 5 * DV_STEP_LIMIT;
	int index;

	WRITE_ONCE(dv_run.recording, false);
	dv_device_immortal();
	smp_store_release(&dv_run.draining, true);
	for (index = 0; index < dv_program.nr_threads; index++) {
		struct dv_thread *thread = &dv_threads[index];

		if (state_of(thread) == DV_SYNCING || dv_run.blocked)
			dv_leave_sections(thread);
	}
	for (index = 0; index < dv_program.nr_threads; index++) {
		while (state_of(&dv_threads[index]) != DV_IDLE) {
			if (now() > limit)
				return false;
			relax();
		}
	}
	return true;
}

static void reset(const struct dv_state *state)
{
	int index;

	dv_device_set(state);
	dv_run.recording = false;
	dv_run.draining = false;
	dv_run.nr_events = 0;
	dv_run.nr_records = 0;
	dv_run.serials = 0;
	dv_run.freed = false;
	dv_run.late = false;
	dv_run.diverged_why = NULL;
	dv_run.blocked = 0;
	for (index = 0; index < DV_NR_FIELDS; index++)
		dv_run.values[index] = dv_value(index);
	dv_device_get(&dv_run.start);
}

/* Takes a new program: makes its setup calls once. */
int dv_prepare(void)
{
	reset(&dv_program.device);
	dv_holders_set();
	if (dv_program.setup.nr > 0) {
		release(&dv_threads[0], &dv_program.setup);
		if (!leaves(&dv_threads[0], DV_RUNNING))
			return -ETIMEDOUT;
	}
	if (dv_run.evicted)
		return -ESTALE;
	dv_device_get(&prepared);
	return 0;
}

static void take_values(struct dv_state *state)
{
	state->holder = (void *)dv_run.values[DV_HOLDER_DATA];
	state->ops = (void *)dv_run.values[DV_HOLDER_OPS];
	state->alive = dv_run.values[DV_FLAGS];
	state->refs = dv_run.values[DV_I_COUNT];
}

void dv_execute(const u8 *schedule, int length)
{
	int index, warnings = 0;

	reset(&prepared);
	dv_run.recording = true;
	for (index = 0; index < dv_program.nr_threads; index++) {
		struct dv_thread *thread = &dv_threads[index];

		/* Up to its first call, which is made when it is chosen. */
		release(thread, &dv_program.threads[index]);
		if (!leaves(thread, DV_RUNNING))
			dv_run.late = true;
	}
	follow(schedule, length);
	if (dv_run.late && !dv_run.diverged_why)
		diverge(dv_run.nr_events, 0);
	take_values(&dv_run.end);
	for (index = 0; index < dv_run.nr_records; index++)
		warnings += dv_run.records[index].type == DV_WARNING;
	if (!drain())
		dv_trouble("threads of the program do not end");
	if (warnings)
		dv_forget_warnings();
	dv_log_check();
}
