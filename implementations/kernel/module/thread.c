// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/clock.h>
#include <linux/sched/task.h>

#include "thread.h"

/* Sleep of the coordinator while a grace period lasts. */
#define DV_SYNC_US	20

struct dv_thread dv_threads[DV_MAX_THREADS];
int dv_max_threads;
struct dv_control dv_control;

struct dv_thread *dv_current(void)
{
	int index;

	for (index = 0; index < dv_max_threads; index++)
		if (dv_threads[index].task == current)
			return &dv_threads[index];
	return NULL;
}

/*
 * Holds the thread until step() lets it go on. Called in any context, that of a
 * debug exception included.
 */
void dv_hold(struct dv_thread *thread, enum dv_thread_state state)
{
	u64 limit = local_clock() + DV_HOLD_LIMIT_NS;

	/* Pairs with dv_state_of(): the event is complete. */
	smp_store_release(&thread->state, state);
	/* Pairs with step(). */
	while (!smp_load_acquire(&thread->go)) {
		if (READ_ONCE(dv_control.draining))
			break;
		if (local_clock() > limit) {
			WRITE_ONCE(dv_control.late, true);
			WRITE_ONCE(dv_control.recording, false);
			break;
		}
		cpu_relax();
	}
	WRITE_ONCE(thread->go, 0);
	WRITE_ONCE(thread->state, DV_RUNNING);
}

void dv_relax(void)
{
	cond_resched();
	cpu_relax();
}

int dv_state_of(struct dv_thread *thread)
{
	/* Pairs with dv_hold(). */
	return smp_load_acquire(&thread->state);
}

bool dv_wait_while(struct dv_thread *thread, int state)
{
	u64 limit = local_clock() + DV_STEP_LIMIT_NS;

	while (dv_state_of(thread) == state) {
		if (local_clock() > limit)
			return false;
		/*
		 * The grace period ends on the coordinator's processor: while
		 * the coordinator is busy, it waits there for the next tick.
		 */
		if (state == DV_SYNCING)
			usleep_range(DV_SYNC_US, 2 * DV_SYNC_US);
		dv_relax();
	}
	return true;
}

void dv_thread_begin(struct dv_thread *thread, const struct dv_calls *calls,
		     void (*body)(struct dv_thread *thread))
{
	thread->calls = calls;
	thread->body = body;
	thread->go = 0;
	thread->ended = calls->nr == 0;
	thread->site = 0;
	thread->within = -1;
	thread->depth = 0;
	thread->device = DV_FIRST;
	thread->destroyed = false;
	thread->guard = 0;
	thread->blocked = 0;
	thread->state = DV_RUNNING;
	/* Pairs with thread_main(). */
	smp_store_release(&thread->wanted, thread->wanted + 1);
	wake_up_process(thread->task);
}

static int thread_main(void *data)
{
	struct dv_thread *thread = data;
	int seen = 0;

	while (!kthread_should_stop()) {
		/* Pairs with dv_thread_begin(). */
		int wanted = smp_load_acquire(&thread->wanted);

		if (wanted == seen) {
			set_current_state(TASK_IDLE);
			/* Pairs with dv_thread_begin(). */
			if (smp_load_acquire(&thread->wanted) == seen &&
			    !kthread_should_stop())
				schedule();
			__set_current_state(TASK_RUNNING);
			continue;
		}
		seen = wanted;
		/* The schedule chooses the first event as well. */
		if (dv_control.recording)
			dv_hold(thread, DV_HELD);
		thread->body(thread);
		/* Pairs with dv_state_of(). */
		smp_store_release(&thread->state, DV_IDLE);
	}
	return 0;
}

int dv_threads_start(void)
{
	int cpu, index = 0;

	for_each_online_cpu(cpu) {
		struct dv_thread *thread = &dv_threads[index];
		struct task_struct *task;

		if (cpu == cpumask_first(cpu_online_mask))
			continue;
		if (index == DV_MAX_THREADS)
			break;
		thread->index = index;
		thread->cpu = cpu;
		task = kthread_create(thread_main, thread, "dax-vectors/%d",
				      index);
		if (IS_ERR(task)) {
			dv_threads_stop();
			return PTR_ERR(task);
		}
		kthread_bind(task, cpu);
		/* An oops may end the task before kthread_stop(). */
		get_task_struct(task);
		thread->task = task;
		dv_max_threads = ++index;
		wake_up_process(task);
	}
	return index > 0 ? 0 : -ENODEV;
}

void dv_threads_stop(void)
{
	int index;

	for (index = 0; index < DV_MAX_THREADS; index++) {
		if (!dv_threads[index].task)
			continue;
		kthread_stop(dv_threads[index].task);
		put_task_struct(dv_threads[index].task);
		dv_threads[index].task = NULL;
	}
	dv_max_threads = 0;
}
