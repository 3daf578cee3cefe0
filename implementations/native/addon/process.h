/* SPDX-License-Identifier: MIT */
/*
 * A process for each tree, so that the code under test reaches neither memory
 * nor rights of the runner. It shares one mapping with the runner and inherits
 * nothing else: no environment, no files.
 */
#ifndef DV_PROCESS_H
#define DV_PROCESS_H

#include <sys/types.h>

#include "../machine/channel.h"

struct dv_process {
	struct dv_shared *shared;
	pid_t pid;			/* 0 once it has ended */
	int cpu;			/* the only one it may use; -1: any */
};

/*
 * Starts the machine with a tree's object. command ends with NULL: the path of
 * the machine, with its arguments, or of a program that starts it, then an
 * empty element for the number of this process. Returns NULL or an error
 * message.
 */
const char *dv_process_start(struct dv_process *process, const char *object,
			     char **command);

/*
 * Waits until the process has answered the request in shared. Returns 0; the
 * signal that ended the process; 256 + its exit status; or -1 if it hung and
 * was killed.
 */
int dv_process_request(struct dv_process *process);

void dv_process_stop(struct dv_process *process);

#endif
