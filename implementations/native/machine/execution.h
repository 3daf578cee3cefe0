/* SPDX-License-Identifier: MIT */
#ifndef DV_EXECUTION_H
#define DV_EXECUTION_H

#include <stddef.h>
#include <stdint.h>

/*
 * Executes the program under a schedule. Returns the bytes written to out, at
 * most DV_EXECUTION_MAX.
 */
size_t dv_execute(const uint8_t *schedule, size_t length, char *out);

/* Like dv_execute(), with a set of the program's threads. */
size_t dv_run_threads(uint32_t threads, const uint8_t *schedule, size_t length,
		      char *out);

#endif
