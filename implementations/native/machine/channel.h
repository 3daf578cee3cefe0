/* SPDX-License-Identifier: MIT */
/*
 * Memory that the runner's process (the parent) and the process of a tree
 * (the child) share. They take turns: the parent writes a request, the child
 * its answer. abi.ts has the same offsets.
 */
#ifndef DV_CHANNEL_H
#define DV_CHANNEL_H

#include "format.h"

#define DV_INPUT_SIZE	(1 << 20)	/* bytes */
#define DV_OUTPUT_SIZE	(4 << 20)	/* bytes */

/* Numbers of the child's files: struct dv_shared, and the tree's object. */
#define DV_SHARED_FILE	3
#define DV_OBJECT_FILE	4

enum dv_turn { DV_PARENT, DV_CHILD };

/*
 * Steps before the boot. Where one fails, every answer has the status
 * DV_STEP(step, errno). The order is that of steps in abi.ts.
 */
enum dv_step { DV_MAPPING = 1, DV_CONFINING };
#define DV_STEP(step, error)	((step) << 12 | (error))

/* Requests -> answers. The order is that of commands in abi.ts. */
enum dv_command {
	DV_BOOT,	/* -> status: 0, -errno or DV_STEP() */
	DV_LOAD,	/* input: length words -> status of dv_load(), start */
	DV_EXECUTE,	/* input: from offset, length schedules, each a byte
			 * count (2 bytes) and its choices -> done, output */
	DV_RUN_ISOLATED,	/* input: length words, paths.h -> done, output */
};

struct dv_shared {
	uint32_t turn;			/* enum dv_turn */
	uint32_t progress;		/* grows while the child works */
	int32_t command;
	uint32_t offset, length;
	int32_t status;
	uint32_t done, bytes;		/* schedules executed, output written */
	uint32_t calls;			/* set of the calls that the tree has */
	uint32_t refused;		/* see dv_handle_signals() */
	struct dv_header start;
	struct dv_names names;
	char input[DV_INPUT_SIZE] __attribute__((aligned(64)));
	char output[DV_OUTPUT_SIZE] __attribute__((aligned(64)));
};

/* Gives the turn to the other process and wakes it up. */
void dv_pass(struct dv_shared *shared, uint32_t to);

/* Waits for a turn, for 0.1 s at most. Returns 1 if it has come, else 0. */
int dv_await(struct dv_shared *shared, uint32_t turn);

#endif
