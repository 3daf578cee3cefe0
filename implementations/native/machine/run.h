/* SPDX-License-Identifier: MIT */
/* State of the current execution. */
#ifndef DV_RUN_H
#define DV_RUN_H

#include "coroutine.h"
#include "format.h"
#include "program.h"

/* Depth of nested read sections of one thread. */
#define DV_MAX_SECTIONS	32

/* The next event of a thread. */
struct pending {
	struct dv_event event;
	const unsigned long *busy;	/* the thread waits while nonzero */
	const struct dv_record *record;	/* added with the event, or NULL */
};

struct thread {
	struct dv_context context;
	struct pending pending;
	struct calls calls;
	int agent, site, callback, depth;
	int sections[DV_MAX_SECTIONS], nr_sections;	/* open ones */
	uint64_t start_off;	/* of the last fs_dax_get_by_bdev() */
	int touched_freed;	/* its next step is the fault use-after-free */
};

extern struct dv_run {
	struct thread *current;		/* NULL outside of threads */
	uint32_t live, waiting;		/* sets of agents */
	uint32_t refused;		/* see dv_handle_signals() */
	const uint8_t *schedule;
	size_t schedule_length;
	struct dv_header *header;
	struct dv_event *events;
	struct dv_event *incomplete;	/* its new value is not yet known */
	int nr_events, nr_records;
	struct dv_context main;
	struct thread threads[DV_MAX_AGENTS];
	struct dv_record records[DV_RECORD_LIMIT];
} dv_run __attribute__((visibility("hidden")));

/*
 * Begins an execution of a set of threads, which start in entry(). The header
 * and the events go to out.
 */
void dv_begin_run(uint32_t threads, const uint8_t *schedule, size_t length,
		  char *out, void (*entry)(void));

#endif
