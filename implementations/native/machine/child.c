// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "execution.h"
#include "hooks.h"
#include "image.h"
#include "isolated.h"
#include "load.h"
#include "signals.h"
#include "stack.h"
#include "trace.h"

static int boot(struct dv_shared *shared, dv_bind_t *bind)
{
	int rc, i;

	dv_set_names(&shared->names);
	rc = dv_map_stacks();
	if (rc)
		return rc;
	rc = dv_boot(bind, &dv_hooks);
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

static void run_isolated(struct dv_shared *shared)
{
	const int32_t *in = (int32_t *)shared->input;

	shared->bytes = dv_run_isolated(in[0], in + 1, shared->length - 1,
					shared->output, &shared->status);
	shared->progress++;
}

static void close_files(void)
{
	int null = open("/dev/null", O_RDWR), fd;

	for (fd = 0; fd <= 2; fd++)
		dup2(null, fd);
#ifdef SYS_close_range
	if (syscall(SYS_close_range, 3, ~0U, 0) == 0)
		return;
#endif
	for (fd = 3; fd < 1024; fd++)
		close(fd);
}

void dv_serve(struct dv_shared *shared, dv_bind_t *bind, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close_files();
	dv_handle_signals();
	for (;;) {
		while (!dv_await(shared, DV_CHILD))
			if (getppid() != parent)
				_exit(0);
		switch (shared->command) {
		case DV_BOOT:
			shared->status = boot(shared, bind);
			break;
		case DV_LOAD:
			shared->status = dv_load((int32_t *)shared->input,
						 shared->length,
						 &shared->start);
			break;
		case DV_EXECUTE:
			execute(shared);
			shared->status = 0;
			break;
		case DV_RUN_ISOLATED:
			run_isolated(shared);
			break;
		}
		dv_pass(shared, DV_PARENT);
	}
}
