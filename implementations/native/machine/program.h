/* SPDX-License-Identifier: MIT */
/* The loaded program. */
#ifndef DV_PROGRAM_H
#define DV_PROGRAM_H

#include "format.h"
#include "interface.h"

#define DV_MAX_CALLS	1024

/* The dax_device argument of a call; from DV_RESULT on, site + DV_RESULT. */
enum dv_device {
	DV_THE_DEVICE,
	DV_NO_DEVICE,
	DV_THE_LOG,
	DV_RESULT,
};

struct call {
	int call, site;
	int device;
	int start_off;		/* set if its *start_off is recorded */
	struct dv_args args;
};

/* A part of dv_program.calls. */
struct calls {
	int first, count;
};

struct holder {
	int lacks, returns;	/* lacks: enum dv_member */
	struct calls calls;
};

extern struct dv_program {
	struct call calls[DV_MAX_CALLS];
	int nr_calls;
	struct holder holders[DV_MAX_HOLDERS];
	struct calls threads[DV_MAX_AGENTS];
	struct calls setup;
	int nr_threads;
	/* Set if a thread or callback changes the entry in dax_hosts. */
	int changes_hosts;
	int takes_minors;		/* set if one calls alloc_dax() */
	intptr_t results[DV_MAX_CALLS];	/* by site */
} dv_program __attribute__((visibility("hidden")));

/*
 * Reads a program (program.ts has the format) and sets the device and the
 * operations of the booted tree. Returns 0, -1 for a malformed program, or -2
 * for a tree that allocates no second device.
 */
int dv_read_program(const int32_t *words, size_t count);

#endif
