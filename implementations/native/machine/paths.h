/* SPDX-License-Identifier: MIT */
/*
 * Runs one thread in isolation on the values that the runner asks for, and on
 * longer paths that it will probably ask for next: a request takes longer than
 * a run.
 */
#ifndef DV_PATHS_H
#define DV_PATHS_H

#include "channel.h"

/*
 * Answers DV_RUN_ISOLATED. The input is a thread, the runs at most, and five
 * lists, each a length and its words: the values that the thread reads, then
 * the values that each field may have. The output is a number of runs, each a
 * set of enum dv_isolated_status and an execution: that on the values, then,
 * shortest first, those on the values and more, in the order of the lists.
 */
void dv_run_paths(struct dv_shared *shared);

#endif
