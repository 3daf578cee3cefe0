// SPDX-License-Identifier: MIT
#include "process.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../machine/child.h"

/* Number of waits of 0.1 s without progress until the child is killed. */
#define MAX_IDLE_CHECKS	50

const char *dv_process_start(struct dv_process *process, const char *path)
{
	const pid_t parent = getpid();
	dv_bind_t *bind;

	/* Loaded before the fork: after it dlopen() may deadlock. */
	process->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!process->library)
		return dlerror();
	bind = (dv_bind_t *)dlsym(process->library, "dv_bind");
	if (!bind)
		return "it has no dv_bind()";
	process->shared = mmap(NULL, sizeof(*process->shared),
			       PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (process->shared == MAP_FAILED)
		return strerror(errno);
	process->pid = fork();
	if (process->pid < 0)
		return strerror(errno);
	if (process->pid == 0)
		dv_serve(process->shared, bind, parent);
	return NULL;
}

int dv_process_request(struct dv_process *process)
{
	uint32_t progress = process->shared->progress;
	int checks = 0, status;

	dv_pass(process->shared, DV_CHILD);
	while (!dv_await(process->shared, DV_PARENT)) {
		if (waitpid(process->pid, &status, WNOHANG) == process->pid) {
			process->pid = 0;
			return WIFSIGNALED(status) ? WTERMSIG(status) :
						     256 + WEXITSTATUS(status);
		}
		if (process->shared->progress != progress) {
			progress = process->shared->progress;
			checks = 0;
		} else if (++checks == MAX_IDLE_CHECKS) {
			dv_process_stop(process);
			return -1;
		}
	}
	return 0;
}

void dv_process_stop(struct dv_process *process)
{
	if (process->pid > 0) {
		kill(process->pid, SIGKILL);
		waitpid(process->pid, NULL, 0);
	}
	process->pid = 0;
	if (process->library)
		dlclose(process->library);
	process->library = NULL;
}
