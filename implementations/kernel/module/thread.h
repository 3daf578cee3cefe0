/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Threads of a program: kernel threads, each on a processor of its own. A
 * thread is held right after each of its accesses until the schedule chooses
 * it. The coordinator runs on the first processor.
 */
#ifndef DV_THREAD_H
#define DV_THREAD_H

#include <linux/sched.h>
#include <linux/time64.h>

#include "program.h"

/* Read sections or callbacks of one thread inside each other. */
#define DV_MAX_DEPTH	32

/*
 * Longest time that a thread is held: below the 20 s of the soft lockup
 * detector and the 21 s of an RCU stall.
 */
#define DV_HOLD_LIMIT_NS	(5ULL * NSEC_PER_SEC)
/*
 * Longest time from one access to the next. A step takes less than 1 ms, but
 * the host may leave an emulated processor without a real one.
 */
#define DV_STEP_LIMIT_NS	(3ULL * NSEC_PER_SEC)

enum dv_thread_state {
	DV_IDLE,
	DV_RUNNING,
	/* Held after an access. */
	DV_HELD,
	/* Held before mutex_lock(): another thread has the mutex. */
	DV_LOCKING,
	/* Inside synchronize_srcu(). */
	DV_SYNCING,
	/* Held at the return of synchronize_srcu(). */
	DV_SYNCED,
	/* Held until the execution ends, after a fault. */
	DV_FAULTED,
};

/* *start_off that fs_dax_get_by_bdev() left alone. */
#define DV_UNTOUCHED	ULONG_MAX

struct dv_thread {
	struct task_struct *task;
	int index;
	int cpu;
	const struct dv_calls *calls;
	void (*body)(struct dv_thread *thread);
	/* Shared with the coordinator: acquire and release. */
	int state;
	int go;
	/* Bodies that dv_thread_begin() has asked for. */
	int wanted;
	/* The last call has returned. */
	bool ended;
	/* State in which a deadlock holds the thread, or 0. */
	int blocked;
	/* Current call, and holder of the current callback or -1. */
	int site;
	enum dv_fn fn;
	int within;
	int depth;
	/* Device of the current call: breakpoints are on its fields. */
	enum dv_which device;
	/* *start_off of the last fs_dax_get_by_bdev(). */
	u64 start_off;
	/* Stack pointer of the current call's dv_guard_enter(), or 0. */
	unsigned long guard;
	/* The current iput() was the final one. */
	bool destroyed;
};

struct dv_control {
	/* Accesses are events. If false, threads run freely. */
	bool recording;
	/* Threads return as soon as they can. */
	bool draining;
	/* A hold or a step exceeded its limit. */
	bool late;
	/* The reason why the module cannot execute the program, or NULL. */
	const char *beyond;
};

extern struct dv_control dv_control;
extern struct dv_thread dv_threads[DV_MAX_THREADS];
/* Threads that exist: processors without the coordinator's. */
extern int dv_max_threads;

int dv_threads_start(void);
void dv_threads_stop(void);

/* Called by threads. dv_current() returns NULL for any other task. */
struct dv_thread *dv_current(void);
void dv_hold(struct dv_thread *thread, enum dv_thread_state state);

/* Called by the coordinator. */
void dv_thread_begin(struct dv_thread *thread, const struct dv_calls *calls,
		     void (*body)(struct dv_thread *thread));
int dv_state_of(struct dv_thread *thread);
/* Waits until the thread leaves a state; false after DV_STEP_LIMIT_NS. */
bool dv_wait_while(struct dv_thread *thread, int state);
void dv_relax(void);

#endif
