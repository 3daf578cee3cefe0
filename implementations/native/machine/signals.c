// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "signals.h"

#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#include "confine.h"
#include "scheduler.h"
#include "stack.h"

/* Microseconds of processor time between two checks for an endless loop. */
#define TICK_US		100000

static uint32_t *refused_call;

static int is_guard(uintptr_t addr)
{
	const struct thread *self = dv_run.current;

	return self && (uintptr_t)dv_stack_of(self->agent) - addr <=
	       DV_GUARD_SIZE;
}

static int fault_of(int signal, const siginfo_t *info, uintptr_t pc)
{
	uintptr_t addr = (uintptr_t)info->si_addr;

	if (signal == SIGSYS)
		return DV_SYSTEM_CALL;
	if (signal == SIGILL || signal == SIGFPE || signal == SIGTRAP)
		return DV_BUG;
	if (pc < DV_NULL_END)
		return DV_NULL_CALL;
	if (signal == SIGSEGV && is_guard(addr))
		return DV_STACK_OVERFLOW;
	if (info->si_code == SEGV_MAPERR && addr < DV_NULL_END)
		return DV_NULL_DEREFERENCE;
	return DV_WILD_ACCESS;
}

static void on_fault(int signal, siginfo_t *info, void *context)
{
	uintptr_t pc = UINTPTR_MAX;	/* unknown: not below DV_NULL_END */

#if defined(__x86_64__)
	pc = ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
	pc = ((ucontext_t *)context)->uc_mcontext.pc;
#endif
	if (signal == SIGSYS) {
		*refused_call = info->si_arch == dv_architecture ?
				1U + info->si_syscall : UINT32_MAX;
		dv_run.refused = *refused_call;
	}
	if (dv_run.current)
		dv_end_with_fault(fault_of(signal, info, pc));
	_exit(128 + signal);
}

/* A thread without a scheduling point for a whole tick is in a loop. */
static void on_tick(int signal)
{
	static uint32_t last;

	if (last == dv_progress && dv_run.current)
		dv_end_with_fault(DV_LIVELOCK);
	last = dv_progress;
}

void dv_handle_signals(uint32_t *refused)
{
	static const int faults[] = {
		SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS,
	};
	static char stack[64 * 1024];
	const stack_t alternative = {
		.ss_sp = stack, .ss_size = sizeof(stack),
	};
	/* SA_NODEFER, as the handler may switch stacks and never return. */
	struct sigaction action = {
		.sa_sigaction = on_fault,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
	};
	const struct itimerval tick = { { 0, TICK_US }, { 0, TICK_US } };
	size_t i;

	refused_call = refused;
	sigaltstack(&alternative, NULL);
	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		sigaction(faults[i], &action, NULL);
	action.sa_handler = on_tick;
	action.sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART;
	sigaction(SIGVTALRM, &action, NULL);
	setitimer(ITIMER_VIRTUAL, &tick, NULL);
	/* The parent handles Ctrl-C. */
	sigaction(SIGINT, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
}
