// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
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

/* Checks of one request before sleeping, at most: some 20 us. */
#define MAX_SPIN	1000
/* Requests until there are as many again. */
#define TRY_AGAIN	64

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

/* Checks a number of times for the answer. Returns 1 if it is there, else 0. */
static int spin(const struct dv_shared *shared, int checks)
{
	for (; checks > 0; checks--) {
		if (__atomic_load_n(&shared->turn, __ATOMIC_ACQUIRE) ==
		    DV_PARENT)
			return 1;
#if defined(__x86_64__)
		__builtin_ia32_pause();
#endif
	}
	return 0;
}

/*
 * Checks for the answer before the sleep that costs a wake-up. Where both
 * processes share a processor, or others use the second one, checks only delay
 * the answer: after some in vain there are fewer, and most of them now and then
 * to notice a change.
 */
static int is_answered(struct dv_process *process)
{
	const int checks = process->requests++ % TRY_AGAIN ?
			   process->checks : MAX_SPIN;
	const int answered = spin(process->shared, checks);

	process->checks = answered ? MAX_SPIN : process->checks / 2;
	return answered;
}

int dv_process_request(struct dv_process *process)
{
	uint32_t progress = process->shared->progress;
	int checks = 0, idle = 0, status;

	dv_pass(process->shared, DV_CHILD);
	if (is_answered(process))
		return 0;
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

void dv_process_stop(struct dv_process *process)
{
	if (process->pid > 0) {
		kill(process->pid, SIGKILL);
		waitpid(process->pid, NULL, 0);
	}
	process->pid = 0;
}
