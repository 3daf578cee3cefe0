// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "process.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <linux/futex.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum dv_turn { PARENT, CHILD };

/* Looks at whose turn it is before sleeping: a sleep costs a wake-up. */
#define SPINS		2000
/* Nanoseconds between two looks at whether the other side still lives. */
#define LOOK		100000000L
/* Looks without any progress after which the child stands still. */
#define PATIENCE	50
/* Microseconds of its own time that a thread may spend between two points. */
#define TICK		100000

_Static_assert(offsetof(struct dv_shared, start) == 40 &&
	       offsetof(struct dv_shared, names) == 76 &&
	       offsetof(struct dv_shared, input) == 1152 &&
	       sizeof(struct dv_header) == 36 &&
	       sizeof(struct dv_event) == 24 &&
	       sizeof(struct dv_record) == 36, "words.ts counts on it");

/* Turns */

static void pass(struct dv_shared *shared, uint32_t to)
{
	__atomic_store_n(&shared->turn, to, __ATOMIC_RELEASE);
	syscall(SYS_futex, &shared->turn, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* Waits for a turn for one look; gives whether it came. */
static int await(struct dv_shared *shared, uint32_t turn)
{
	const struct timespec look = { 0, LOOK };
	int i;

	for (i = 0; i < SPINS; i++) {
		if (__atomic_load_n(&shared->turn, __ATOMIC_ACQUIRE) == turn)
			return 1;
#if defined(__x86_64__)
		__builtin_ia32_pause();
#endif
	}
	syscall(SYS_futex, &shared->turn, FUTEX_WAIT, !turn, &look, NULL, 0);
	return __atomic_load_n(&shared->turn, __ATOMIC_ACQUIRE) == turn;
}

/* The child */

static struct dv_shared *shared;

static void on_trap(int signal, siginfo_t *info, void *context)
{
	uintptr_t addr = (uintptr_t)info->si_addr;
	uintptr_t pc = UINTPTR_MAX;	/* not known: no call through NULL */
	int fault = DV_WILD_ACCESS;

#if defined(__x86_64__)
	pc = ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	pc = ((ucontext_t *)context)->uc_mcontext.pc;
#endif
	if (signal == SIGILL || signal == SIGFPE || signal == SIGTRAP)
		fault = DV_BUG;
	else if (pc < 0x10000)
		fault = DV_NULL_CALL;
	else if (signal == SIGSEGV && dv_in_guard(addr))
		fault = DV_STACK_OVERFLOW;
	else if (info->si_code == SEGV_MAPERR && addr < 0x10000)
		fault = DV_NULL_DEREFERENCE;
	dv_abort_thread(fault);
	/* No thread ran: let it happen, and the process die of it. */
	sigaction(signal, &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
}

/* A thread that passes no point for a whole tick never will. */
static void on_tick(int signal)
{
	static uint32_t last;

	if (last == dv_progress)
		dv_abort_thread(DV_LIVELOCK);
	last = dv_progress;
}

static void handle_signals(void)
{
	static const int traps[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP };
	static char stack[64 * 1024];
	const stack_t alternative = {
		.ss_sp = stack, .ss_size = sizeof(stack),
	};
	/* Not blocked in its own handler, which may never return. */
	struct sigaction action = {
		.sa_sigaction = on_trap,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
	};
	const struct itimerval tick = { { 0, TICK }, { 0, TICK } };
	size_t i;

	sigaltstack(&alternative, NULL);
	for (i = 0; i < sizeof(traps) / sizeof(*traps); i++)
		sigaction(traps[i], &action, NULL);
	action.sa_handler = on_tick;
	action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART;
	sigaction(SIGVTALRM, &action, NULL);
	setitimer(ITIMER_VIRTUAL, &tick, NULL);
	/* Ctrl-C is the parent's affair. */
	sigaction(SIGINT, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
}

static void execute(void)
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

static void run_isolated(void)
{
	const int32_t *in = (int32_t *)shared->input;

	shared->bytes = dv_run_isolated(in[0], in + 1, shared->length - 1,
					 shared->output, &shared->status);
	shared->progress++;
}

struct image {
	uintptr_t addr, base, data, end;
};

/* Finds the object that an address is in, and its writable segment. */
static int find_image(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct image *image = arg;
	uintptr_t data = 0, data_end = 0;
	int found = 0, i;

	for (i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t start = info->dlpi_addr + header->p_vaddr;
		uintptr_t end = start + header->p_memsz;

		if (header->p_type != PT_LOAD)
			continue;
		if (image->addr >= start && image->addr < end)
			found = 1;
		if (header->p_flags & PF_W) {
			data = start;
			data_end = end;
		}
	}
	if (!found)
		return 0;
	image->base = info->dlpi_addr;
	image->data = data;
	image->end = data_end;
	return 1;
}

static int boot(dv_bind_t *bind)
{
	struct image image = { .addr = (uintptr_t)bind };
	const struct dv_tree *tree;
	int i;

	if (!dl_iterate_phdr(find_image, &image) || !image.data)
		return -ENOEXEC;
	tree = bind(&dv_machine_table);
	for (i = 0; i < DV_NR_CALLS; i++)
		if (tree->calls[i])
			shared->calls |= 1U << i;
	return dv_boot(tree, image.base, (char *)image.data,
		       image.end - image.data, &shared->names);
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

static __attribute__((noreturn)) void serve(dv_bind_t *bind, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close_files();
	handle_signals();
	for (;;) {
		while (!await(shared, CHILD))
			if (getppid() != parent)
				_exit(0);
		switch (shared->command) {
		case DV_BOOT:
			shared->status = boot(bind);
			break;
		case DV_LOAD:
			shared->status = dv_load((int32_t *)shared->input,
						 shared->length,
						 &shared->start);
			break;
		case DV_EXECUTE:
			execute();
			shared->status = 0;
			break;
		case DV_RUN_ISOLATED:
			run_isolated();
			break;
		}
		pass(shared, PARENT);
	}
}

/* The parent */

const char *dv_process_start(struct dv_process *process, const char *path)
{
	const pid_t parent = getpid();
	dv_bind_t *bind;

	/* Loaded here, run only there: the loader is not safe after a fork. */
	process->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!process->library)
		return dlerror();
	bind = (dv_bind_t *)dlsym(process->library, "dv_bind");
	if (!bind)
		return "it has no dv_bind()";
	process->shared = mmap(NULL, sizeof(*process->shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (process->shared == MAP_FAILED)
		return strerror(errno);
	process->pid = fork();
	if (process->pid < 0)
		return strerror(errno);
	if (process->pid == 0) {
		shared = process->shared;
		serve(bind, parent);
	}
	return NULL;
}

int dv_process_request(struct dv_process *process)
{
	uint32_t progress = process->shared->progress;
	int looks = 0, status;

	pass(process->shared, CHILD);
	while (!await(process->shared, PARENT)) {
		if (waitpid(process->pid, &status, WNOHANG) == process->pid) {
			process->pid = 0;
			return WIFSIGNALED(status) ? WTERMSIG(status) :
						     256 + WEXITSTATUS(status);
		}
		if (process->shared->progress != progress) {
			progress = process->shared->progress;
			looks = 0;
		} else if (++looks == PATIENCE) {
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
