/* SPDX-License-Identifier: MIT */
/* Executes a program under a schedule on a tree, one access at a time. */
#ifndef DV_MACHINE_H
#define DV_MACHINE_H

#include "interface.h"

/* Events after which an execution counts as one that never ends. */
#define DV_EVENT_LIMIT	4096
/* Warnings, callbacks, faults and blocked agents that are written down. */
#define DV_RECORD_LIMIT	1024
#define DV_MAX_AGENTS	16
#define DV_MAX_OBJECTS	32
#define DV_NAME_SIZE	32

/*
 * An execution as it is written, in words of 32 bits. words.ts reads it.
 * The header; then the events; then the records.
 */
struct dv_header {
	int32_t events, records;
	int32_t alive, holder, ops, refs;	/* the device at the end */
	int32_t diverged_at;		/* -1: the schedule was followed */
	int32_t diverged_agent;
	int32_t diverged_why;		/* 0 ended, 1 blocked, 2 unknown */
};

struct dv_event {
	uint8_t agent, op, marked, object;
	uint16_t site, enabled;
	uint32_t pc, caller;	/* in the tree; of call and return: 0, holder */
	int32_t old, new;
};

enum dv_record_type {
	DV_WARNING,	/* agent, event, pc, caller */
	DV_CALLBACK,	/* agent, event, holder, flags, offset, length */
	DV_FAULTED,	/* agent, event, fault */
	DV_BLOCKED,	/* agent, site, op, object */
	DV_FENCE,	/* agent, event that it comes before, enum dv_fence */
};

struct dv_record {
	int32_t type, agent, event;
	int32_t a, b;
	uint32_t words[4];
};

/* Bytes that one execution can take. */
#define DV_EXECUTION_MAX (sizeof(struct dv_header) +			\
	DV_EVENT_LIMIT * sizeof(struct dv_event) +			\
	DV_RECORD_LIMIT * sizeof(struct dv_record))

/* Names of objects that are no fields, in the order of their appearance. */
struct dv_names {
	int32_t count;
	char names[DV_MAX_OBJECTS][DV_NAME_SIZE];
};

extern struct dv_machine dv_machine_table;

/* Boots a tree whose memory is data, of size bytes. 0 or -errno. */
int dv_boot(const struct dv_tree *tree, uintptr_t base, char *data,
	    size_t size, struct dv_names *names);

/*
 * Takes a program (program.ts has the format) and makes its setup calls.
 * Gives 0 and the state in which its threads start, or -1 for a malformed
 * program, or 1 + the fault that setup ended in.
 */
int dv_load(const int32_t *words, size_t count, struct dv_header *start);

/* Executes it. Gives the bytes written, at most DV_EXECUTION_MAX. */
size_t dv_execute(const uint8_t *schedule, size_t length, char *out);

/*
 * Executes one thread of it by itself, whose reads of the fields that programs
 * speak of find these values, in order; without one it waits there. Accesses
 * with DV_TRY that did not store have DV_FAILED.
 * status: a set of enum dv_isolated_status.
 */
enum dv_isolated_status {
	DV_WAITS = 1,	/* its last event is a read without a value */
	DV_BEYOND = 2,	/* it wrote what no other thread was told of */
};
size_t dv_run_isolated(int thread, const int32_t *values, size_t count,
			char *out, int *status);

/* In a signal handler: ends the running thread with a fault. -1: none runs. */
int dv_abort_thread(int fault);
/* Is this address in the guard below the running thread's stack? */
int dv_in_guard(uintptr_t addr);
/* Counts what it did; a machine that stands still is in the tree's code. */
extern volatile uint32_t dv_progress;

#endif
