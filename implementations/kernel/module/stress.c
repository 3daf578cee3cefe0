// SPDX-License-Identifier: GPL-2.0-only
/*
 * Executes a program many times with breakpoints and probes off and no thread
 * held, as a stress test does. Threads wait at a barrier before and after each
 * try. Counts the tries for each final state of the device.
 */
#include <linux/delay.h>
#include <linux/ktime.h>

#include "calls.h"
#include "device.h"
#include "log.h"
#include "observe.h"
#include "program.h"
#include "run.h"
#include "stress.h"
#include "thread.h"

struct dv_stress dv_stress;

static int requested;

static atomic_t arrived;
static int generation;

/* Barrier. The last thread to arrive is slightly ahead of the others. */
static void wait_for_all(void)
{
	int current_generation = READ_ONCE(generation);

	if (atomic_inc_return(&arrived) == dv_program.nr_threads) {
		atomic_set(&arrived, 0);
		/* Pairs with the acquire below. */
		smp_store_release(&generation, current_generation + 1);
		return;
	}
	/* Pairs with the release above. */
	while (smp_load_acquire(&generation) == current_generation &&
	       !READ_ONCE(dv_control.draining))
		cpu_relax();
}

static bool same(const struct dv_device_state *a,
		 const struct dv_device_state *b)
{
	return a->alive == b->alive && a->holder == b->holder &&
	       a->ops == b->ops && a->refs == b->refs;
}

static void count_end(void)
{
	struct dv_device_state states[DV_NR_DEVICES];
	struct dv_device_state state;
	int index;

	dv_devices_get(states);
	state = states[DV_FIRST];
	for (index = 0; index < dv_stress.nr_ends; index++)
		if (same(&dv_stress.ends[index].state, &state))
			break;
	if (index == DV_MAX_ENDS)
		return;
	if (index == dv_stress.nr_ends) {
		dv_stress.nr_ends++;
		dv_stress.ends[index].state = state;
	}
	dv_stress.ends[index].count++;
}

static void stress_thread(struct dv_thread *thread)
{
	int left;

	for (left = requested; left > 0; left--) {
		wait_for_all();
		dv_make_calls(thread, thread->calls, true);
		wait_for_all();
		if (READ_ONCE(dv_control.draining))
			break;
		if (thread->index == 0) {
			dv_stress.tries++;
			count_end();
			dv_devices_set(dv_run.start);
		}
		cond_resched();
	}
}

/* Stops after DV_HOLD_LIMIT_NS. */
void dv_stress_run(int tries)
{
	u64 start, limit;
	int index;

	dv_reset();
	memset(&dv_stress, 0, sizeof(dv_stress));
	atomic_set(&arrived, 0);
	dv_observe_pause(true);
	start = ktime_get_ns();
	limit = start + DV_HOLD_LIMIT_NS;
	requested = tries;
	for (index = 0; index < dv_program.nr_threads; index++)
		dv_thread_begin(&dv_threads[index], &dv_program.threads[index],
				stress_thread);
	for (index = 0; index < dv_program.nr_threads; index++)
		while (dv_state_of(&dv_threads[index]) != DV_IDLE &&
		       ktime_get_ns() < limit)
			usleep_range(200, 500);
	dv_stress.nanoseconds = ktime_get_ns() - start;
	if (!dv_drain())
		dv_add_problem("threads of the program do not end");
	dv_observe_pause(false);
	dv_log_check();
}
