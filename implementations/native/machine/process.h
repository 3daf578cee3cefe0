/* SPDX-License-Identifier: MIT */
/*
 * A process of its own for each tree, so that what the code under test does
 * to memory it does to nobody else. It is forked, not started: the machine
 * and the tree are in memory already, and the two sides share a page range.
 */
#ifndef DV_PROCESS_H
#define DV_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

#include "machine.h"

/* Bytes for what is asked, and for what is answered. */
#define DV_INPUT_SIZE	(1 << 20)
#define DV_OUTPUT_SIZE	(4 << 20)

enum dv_command {
	DV_BOOT,	/* -> status: 0 or -errno */
	DV_LOAD,	/* input: length words; -> status of dv_load(), start */
	DV_EXECUTE,	/* input: from offset, length times a byte count (2
			 * bytes) and so many choices; -> done, output */
	DV_RUN_ISOLATED,	/* input: a thread, then length - 1 values that it
			 * reads; -> status: enum dv_isolated_status, output */
};

/* words.ts knows these offsets. */
struct dv_shared {
	uint32_t turn;			/* whose move it is: enum dv_turn */
	uint32_t progress;		/* grows while the child works */
	int32_t command;
	uint32_t offset, length;
	int32_t status;
	uint32_t done, bytes;		/* schedules executed, output written */
	uint32_t calls;			/* set of the calls that the tree has */
	uint32_t reserved;
	struct dv_header start;
	struct dv_names names;
	char input[DV_INPUT_SIZE] __attribute__((aligned(64)));
	char output[DV_OUTPUT_SIZE] __attribute__((aligned(64)));
};

struct dv_process {
	void *library;
	struct dv_shared *shared;
	pid_t pid;
};

/* Gives NULL, or what went wrong. */
const char *dv_process_start(struct dv_process *process, const char *path);

/*
 * Has the child do what stands in shared. Gives 0; the signal that it died
 * of; 256 + its exit status; or -1 when it stood still and was killed.
 */
int dv_process_request(struct dv_process *process);

void dv_process_stop(struct dv_process *process);

#endif
