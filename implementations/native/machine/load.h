/* SPDX-License-Identifier: MIT */
#ifndef DV_LOAD_H
#define DV_LOAD_H

#include "format.h"

/*
 * Loads a program and makes its setup calls. Returns 0 and the state in which
 * threads start, -1 for a malformed program, or 1 + the fault of the setup.
 */
int dv_load(const int32_t *words, size_t count, struct dv_header *start);

#endif
