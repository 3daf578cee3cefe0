/* SPDX-License-Identifier: MIT */
/* What the parts of the machine share; machine.h is what others see of it. */
#ifndef DV_STATE_H
#define DV_STATE_H

#include "coroutine.h"
#include "machine.h"

/* Bytes of a thread's stack, and of the guard below it. */
#define DV_STACK_SIZE	(64 * 1024)
#define DV_GUARD_SIZE	(64 * 1024)
/* Bytes of writable memory that a tree can have. */
#define DV_MEMORY_MAX	(64 * 1024)
#define DV_MAX_CALLS	1024
/* Read sections within read sections of one thread. */
#define DV_MAX_SECTIONS	32

/* Without it, position-independent code looks up each address in a table. */
#pragma GCC visibility push(hidden)

/* image.c: a tree that has booted. */
extern struct dv_image {
	const struct dv_tree *tree;
	uintptr_t base;			/* where it is loaded */
	char *data, *end;		/* its memory */
	size_t size;
	char *device;
	uint8_t field_at[512];		/* of a byte of the device: field + 1 */
	struct dv_names *names;
	char *stacks;
	char booted[DV_MEMORY_MAX];	/* its memory after it booted, */
	char snapshot[DV_MEMORY_MAX];	/* and before each execution */
} dv_image;

/* program.c: what is executed. */
struct call {
	int call, site;
	struct dv_args args;
};

struct calls {
	int first, count;
};

struct holder {
	int without_notify, returns;
	struct calls calls;
};

extern struct dv_program {
	struct call calls[DV_MAX_CALLS];
	int nr_calls;
	struct holder holders[DV_MAX_HOLDERS];
	struct calls threads[DV_MAX_AGENTS];
	struct calls setup;
	int nr_threads;
	int changes_hosts, takes_minors;
} dv_program;

/* The event that a thread is about to perform. */
struct pending {
	struct dv_event event;
	const unsigned long *busy;	/* it can go on while this is 0 */
	const struct dv_record *record;	/* to write down with it, or NULL */
};

struct thread {
	struct dv_context context;
	struct pending pending;
	struct calls calls;
	int agent, site, callback, depth;
	int sections[DV_MAX_SECTIONS], nr_sections;	/* it reads in */
	int started, touched_freed;
};

/* execution.c: one execution. */
extern struct dv_run {
	struct thread *current;		/* NULL: the host */
	uint32_t live, waiting;		/* sets of agents */
	const uint8_t *schedule;
	size_t schedule_length;
	struct dv_header *header;
	struct dv_event *events;
	struct dv_event *incomplete;	/* its new value is not known yet */
	int nr_events, nr_records;
	struct dv_context main;
	struct thread threads[DV_MAX_AGENTS];
	struct dv_record records[DV_RECORD_LIMIT];
} dv_run;

/* device.c: what holders are to the device, and its first four fields. */
void *dv_holder_pointer(int32_t holder);
void *dv_ops_pointer(int32_t holder);
void dv_get_device(struct dv_header *state);
void dv_set_device(int32_t alive, int32_t holder, int32_t ops, int32_t refs);
#define DV_NR_VECTOR_FIELDS	4	/* fields that programs speak of */
void dv_set_value(int field, int32_t value);

/* execution.c: has a set of threads run. */
size_t dv_run_threads(uint32_t threads, const uint8_t *schedule, size_t length,
		      char *out);

/* trace.c: what is written down. */
int dv_object_number(const char *name);
void dv_add_record(const struct dv_record *record);
void dv_add_event(struct thread *thread, uint32_t enabled);

/* scheduler.c: who goes on, and how it ends. */
void dv_schedule(void);
__attribute__((noreturn)) void dv_end_thread(void);
__attribute__((noreturn)) void dv_end_with_fault(int fault);

/* calls.c: what a thread does. */
void dv_thread_main(void);
int dv_notify(int holder, uint64_t offset, uint64_t length, int flags);

#pragma GCC visibility pop

#endif
