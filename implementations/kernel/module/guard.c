// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes calls that can be abandoned: dv_guard_enter() stores its stack pointer.
 * Below is the address to which the call returns.
 */
#include <linux/linkage.h>
#include <linux/preempt.h>
#include <linux/ptrace.h>

#include "call.h"
#include "guard.h"

asm(".pushsection .text\n"
	".type dv_guard_enter, @function\n"
	"dv_guard_enter:\n"
	"push %rbp\n"
	"mov %rsp, %rbp\n"
	"push %rbx\n"
	"push %r12\n"
	"push %r13\n"
	"push %r14\n"
	"push %r15\n"
	"mov %rsp, (%rdx)\n"
	"call dv_make_call\n"
	"pop %r15\n"
	"pop %r14\n"
	"pop %r13\n"
	"pop %r12\n"
	"pop %rbx\n"
	"pop %rbp\n"
	ASM_RET "\n"
	".size dv_guard_enter, . - dv_guard_enter\n"
	".popsection\n");

unsigned long dv_make_guarded_call(struct dv_thread *thread,
				   const struct dv_call *call)
{
	unsigned long outer = thread->guard;
	int count = preempt_count();
	unsigned long result;

	result = dv_guard_enter(thread, call, &thread->guard);
	thread->guard = outer;
	/* An abandoned call may have been in a spinlock. */
	if (preempt_count() != count)
		preempt_count_set(count);
	return result;
}

void dv_guard_abandon(struct dv_thread *thread, struct pt_regs *regs)
{
	regs->ax = 0;
	regs->sp = thread->guard;
	regs->ip = *(unsigned long *)(thread->guard - sizeof(long));
	regs->flags |= X86_EFLAGS_IF;
}
