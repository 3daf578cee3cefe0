// SPDX-License-Identifier: MIT
/*
 * The process of a tree: machine CONFINED PARENT, with the memory that it
 * shares with its parent as file 3 and the tree's object as file 4. It gives
 * up its rights, unless CONFINED is 0, before any code of the object runs.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "channel.h"
#include "confine.h"
#include "execution.h"
#include "hooks.h"
#include "image.h"
#include "load.h"
#include "object.h"
#include "paths.h"
#include "signals.h"
#include "stack.h"
#include "trace.h"

static dv_bind_t *bind_tree;

static int boot(struct dv_shared *shared)
{
	int rc, i;

	dv_set_names(&shared->names);
	rc = dv_boot(bind_tree, &dv_hooks);
	if (rc)
		return rc;
	for (i = 0; i < DV_NR_CALLS; i++)
		if (dv_image.tree->calls[i])
			shared->calls |= 1U << i;
	return 0;
}

static void execute(struct dv_shared *shared)
{
	const uint8_t *in = (uint8_t *)shared->input + shared->offset;
	const uint8_t *end = (uint8_t *)shared->input + DV_INPUT_SIZE;
	char *out = shared->output;

	shared->done = 0;
	while (shared->done < shared->length &&
	       out + DV_EXECUTION_MAX <= shared->output + DV_OUTPUT_SIZE) {
		size_t choices;

		if (end - in < 2)
			break;
		choices = in[0] | in[1] << 8;
		if ((size_t)(end - in - 2) < choices)
			break;
		out += dv_execute(in + 2, choices, out);
		in += 2 + choices;
		shared->done++;
		shared->progress++;
	}
	shared->bytes = out - shared->output;
}

static void close_files(void)
{
	int fd;

#ifdef SYS_close_range
	if (syscall(SYS_close_range, 3, ~0U, 0) == 0)
		return;
#endif
	for (fd = 3; fd < 1024; fd++)
		close(fd);
}

/* Prepares the process. Returns 0, or DV_STEP of the step that failed. */
static int prepare(struct dv_shared *shared, int confined)
{
	int rc = dv_map_stacks();

	if (!rc)
		rc = dv_map_object(DV_OBJECT_FILE);
	if (rc)
		return DV_STEP(DV_MAPPING, -rc);
	close_files();
	dv_handle_signals(&shared->refused);
	rc = dv_limit();
	if (!rc && confined)
		rc = dv_confine();
	if (rc)
		return DV_STEP(DV_CONFINING, -rc);
	bind_tree = dv_link_object();
	return bind_tree ? 0 : DV_STEP(DV_MAPPING, ENOEXEC);
}

static void answer(struct dv_shared *shared)
{
	switch (shared->command) {
	case DV_BOOT:
		shared->status = boot(shared);
		break;
	case DV_LOAD:
		shared->status = dv_load((int32_t *)shared->input,
					 shared->length, &shared->start);
		break;
	case DV_EXECUTE:
		execute(shared);
		shared->status = 0;
		break;
	case DV_RUN_ISOLATED:
		dv_run_paths(shared);
		break;
	}
}

int main(int argc, char **argv)
{
	struct dv_shared *shared;
	int error;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (argc != 3 || getppid() != atoi(argv[2]))
		return 1;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED,
		      DV_SHARED_FILE, 0);
	if (shared == MAP_FAILED)
		return 1;
	error = prepare(shared, atoi(argv[1]));
	for (;;) {
		while (!dv_await(shared, DV_CHILD))
			;
		if (error)
			shared->status = error;
		else
			answer(shared);
		dv_pass(shared, DV_PARENT);
	}
}
