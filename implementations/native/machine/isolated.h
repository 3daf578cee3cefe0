/* SPDX-License-Identifier: MIT */
/* Runs one thread in isolation, for the memory models of the runner. */
#ifndef DV_ISOLATED_H
#define DV_ISOLATED_H

#include <stddef.h>
#include <stdint.h>

enum dv_isolated_status {
	DV_WAITS = 1,	/* the last event is a read without a value */
	DV_BEYOND = 2,	/* a write to memory that vectors do not name */
};

/*
 * Runs one thread of the program. Its reads of the fields that vectors name
 * return values, in order; the thread stops at the first read without one.
 * Accesses with DV_TRY that did not store get DV_FAILED. Sets status to a set
 * of enum dv_isolated_status; returns the bytes written to out.
 */
size_t dv_run_isolated(int thread, const int32_t *values, size_t count,
		       char *out, int *status);

#endif
