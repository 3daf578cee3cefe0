/* SPDX-License-Identifier: MIT */
/*
 * A process for each tree, so that faults of the code under test do not reach
 * the runner's memory. It is forked without an exec: machine and tree are in
 * memory already, and both processes share one mapping.
 */
#ifndef DV_PROCESS_H
#define DV_PROCESS_H

#include <sys/types.h>

#include "../machine/channel.h"

struct dv_process {
	void *library;
	struct dv_shared *shared;
	pid_t pid;			/* 0 once it has ended */
};

/* Returns NULL or an error message. */
const char *dv_process_start(struct dv_process *process, const char *path);

/*
 * Waits until the process has answered the request in shared. Returns 0; the
 * signal that ended the process; 256 + its exit status; or -1 if it hung and
 * was killed.
 */
int dv_process_request(struct dv_process *process);

void dv_process_stop(struct dv_process *process);

#endif
