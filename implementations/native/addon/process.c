// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Waits of 0.1 s for an answer, without progress and at all. */
#define MAX_IDLE_CHECKS	50
#define MAX_CHECKS	600

/* Spawns the command with the two files as files 3 and 4. Returns 0 or errno. */
static int spawn(pid_t *pid, char **command, int shared, int object)
{
	static char *const environment[] = { NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none;
	int error, fd;

	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawn_file_actions_init(&files);
	for (fd = 0; fd <= 2; fd++)
		posix_spawn_file_actions_addopen(&files, fd, "/dev/null",
						 O_RDWR, 0);
	/* Both are above 4, see open_files(). */
	posix_spawn_file_actions_adddup2(&files, shared, DV_SHARED_FILE);
	posix_spawn_file_actions_adddup2(&files, object, DV_OBJECT_FILE);
	error = posix_spawnp(pid, command[0], &files, &attributes, command,
			     environment);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	return error;
}

/* Moves a file to a number that spawn() does not use. Returns it, or -1. */
static int move_up(int fd)
{
	int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, DV_OBJECT_FILE + 1);

	if (fd >= 0)
		close(fd);
	return moved;
}

const char *dv_process_start(struct dv_process *process, const char *object,
			     char **command)
{
	const size_t size = sizeof(*process->shared);
	const int shared = move_up(syscall(SYS_memfd_create, "dax-vectors", 0));
	const int tree = move_up(open(object, O_RDONLY | O_CLOEXEC));
	int error = shared < 0 || tree < 0 || ftruncate(shared, size) ?
		    errno : 0;

	process->cpu = -1;
	if (!error) {
		process->shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
				       MAP_SHARED, shared, 0);
		error = process->shared == MAP_FAILED ?
			errno : spawn(&process->pid, command, shared, tree);
	}
	if (error && process->shared && process->shared != MAP_FAILED)
		munmap(process->shared, size);
	close(shared);
	close(tree);
	return error ? strerror(error) : NULL;
}

/* Waits for the answer. Returns like dv_process_request(). */
static int await_answer(struct dv_process *process)
{
	uint32_t progress = process->shared->progress;
	int checks = 0, idle = 0, status;

	dv_pass(process->shared, DV_CHILD);
	while (!dv_await(process->shared, DV_PARENT)) {
		if (waitpid(process->pid, &status, WNOHANG) == process->pid) {
			process->pid = 0;
			return WIFSIGNALED(status) ? WTERMSIG(status) :
						     256 + WEXITSTATUS(status);
		}
		if (process->shared->progress != progress) {
			progress = process->shared->progress;
			idle = 0;
		}
		/* A hostile tree can pretend to make progress. */
		if (++idle == MAX_IDLE_CHECKS || ++checks == MAX_CHECKS) {
			dv_process_stop(process);
			return -1;
		}
	}
	return 0;
}

/*
 * Keeps this thread and the process on the processor that this thread runs on.
 * Sets before to the processors that this thread could use. Returns 1, or 0
 * where that is not possible.
 */
static int stay_here(struct dv_process *process, cpu_set_t *before)
{
	const int cpu = sched_getcpu();
	cpu_set_t here;

	if (cpu < 0 || cpu >= CPU_SETSIZE ||
	    sched_getaffinity(0, sizeof(*before), before))
		return 0;
	CPU_ZERO(&here);
	CPU_SET(cpu, &here);
	if (sched_setaffinity(0, sizeof(here), &here))
		return 0;
	if (process->cpu != cpu &&
	    !sched_setaffinity(process->pid, sizeof(here), &here))
		process->cpu = cpu;
	return 1;
}

/*
 * The two processes take turns, and the kernel would wake each of them up on
 * an idle processor, which takes ten times as long as to switch to it here.
 */
int dv_process_request(struct dv_process *process)
{
	cpu_set_t before;
	const int stays = stay_here(process, &before);
	const int answer = await_answer(process);

	if (stays)
		sched_setaffinity(0, sizeof(before), &before);
	return answer;
}

void dv_process_stop(struct dv_process *process)
{
	if (process->pid > 0) {
		kill(process->pid, SIGKILL);
		waitpid(process->pid, NULL, 0);
	}
	process->pid = 0;
}
