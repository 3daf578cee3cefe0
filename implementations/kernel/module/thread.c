// SPDX-License-Identifier: GPL-2.0-only
/* The threads of a program: kernel threads with a processor of their own. */
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/sched/clock.h>
#include <linux/sched/task.h>

#include "dax-vectors.h"

struct dv_thread dv_threads[DV_MAX_THREADS];
/* As many as there are processors besides the coordinator's. */
int dv_max_threads;

struct dv_thread *dv_current(void)
{
	int index;

	for (index = 0; index < dv_max_threads; index++)
		if (dv_threads[index].task == current)
			return &dv_threads[index];
	return NULL;
}

/*
 * Holds the thread until it is its turn. Comes from any context, also from
 * that of a debug exception.
 */
void dv_hold(struct dv_thread *thread, enum dv_thread_state state)
{
	u64 limit = local_clock() + DV_HOLD_LIMIT;

	/* Pairs with dv_state_of(): the event has been written down. */
	smp_store_release(&thread->state, state);
	/* Pairs with dv_step(): what it decided is known here. */
	while (!smp_load_acquire(&thread->go)) {
		if (READ_ONCE(dv_run.draining))
			break;
		if (local_clock() > limit) {
			WRITE_ONCE(dv_run.late, true);
			WRITE_ONCE(dv_run.recording, false);
			break;
		}
		cpu_relax();
	}
	WRITE_ONCE(thread->go, 0);
	WRITE_ONCE(thread->state, DV_RUNNING);
}

/* Writes an event down. Only one thread runs at a time. */
struct dv_event *dv_note(struct dv_thread *thread, enum dv_op op,
			 enum dv_object object)
{
	struct dv_event *event = &dv_run.events[dv_run.nr_events];

	/* run.c ends the execution before there are more. */
	if (dv_run.nr_events < DV_MAX_EVENTS - 1)
		dv_run.nr_events++;
	memset(event, 0, sizeof(*event));
	event->agent = thread->index;
	event->op = op;
	event->object = object;
	event->marked = true;
	event->within = thread->within;
	event->site = thread->site;
	event->what = thread->fn;
	event->enabled = dv_run.enabled;
	return event;
}

/* Writes an access down and holds its thread. */
void dv_event(struct dv_thread *thread, enum dv_op op, enum dv_object object,
	      bool marked, unsigned long old, unsigned long new,
	      unsigned long ip)
{
	struct dv_event *event = dv_note(thread, op, object);

	event->marked = marked;
	event->old = old;
	event->new = new;
	event->ip = ip;
	if (object < DV_NR_FIELDS) {
		dv_run.values[object] = new;
		if (dv_run.freed) {
			dv_fault(thread, "use-after-free");
			return;
		}
	}
	dv_hold(thread, DV_HELD);
}

struct dv_record *dv_record(enum dv_record_type type, int agent)
{
	struct dv_record *record = &dv_run.records[dv_run.nr_records];

	if (dv_run.nr_records < DV_MAX_RECORDS - 1)
		dv_run.nr_records++;
	memset(record, 0, sizeof(*record));
	record->type = type;
	record->agent = agent;
	record->event = dv_run.nr_events - 1;
	return record;
}

/* The thread ends here for the execution: it is held until all others are. */
void dv_fault(struct dv_thread *thread, const char *fault)
{
	dv_record(DV_FAULT, thread->index)->fault = fault;
	dv_hold(thread, DV_FAULTED);
}

static int thread_main(void *data)
{
	struct dv_thread *thread = data;
	int seen = 0;

	while (!kthread_should_stop()) {
		/* Pairs with dv_release(): the calls are there. */
		int wanted = smp_load_acquire(&thread->wanted);

		if (wanted == seen) {
			set_current_state(TASK_IDLE);
			/* As above. */
			if (smp_load_acquire(&thread->wanted) == seen &&
			    !kthread_should_stop())
				schedule();
			__set_current_state(TASK_RUNNING);
			continue;
		}
		seen = wanted;
		/* Every event is one of a schedule's choices, also the first. */
		if (dv_run.recording)
			dv_hold(thread, DV_HELD);
		if (dv_stress.wanted)
			dv_stress_thread(thread);
		else
			dv_make_calls(thread, thread->calls, true);
		/* Pairs with dv_state_of(): nothing comes after it. */
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
		/* It may have died of what it did when it is stopped. */
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
