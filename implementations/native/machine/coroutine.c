// SPDX-License-Identifier: MIT
#include "coroutine.h"

#include <stdint.h>
#include <string.h>

#if defined(DV_UCONTEXT) || !(defined(__x86_64__) || defined(__aarch64__))

void dv_prepare(struct dv_context *context, char *stack, size_t size,
		void (*entry)(void))
{
	getcontext(&context->context);
	context->context.uc_stack.ss_sp = stack;
	context->context.uc_stack.ss_size = size;
	context->context.uc_link = NULL;
	makecontext(&context->context, entry, 0);
}

void dv_switch(struct dv_context *from, struct dv_context *to)
{
	swapcontext(&from->context, &to->context);
}

#elif defined(__x86_64__)

/*
 * Saves the callee-saved registers of the System V ABI. Ends with a jump: a
 * return that does not match its call is mispredicted each time.
 */
__asm__(
".text\n"
".globl dv_switch\n"
".hidden dv_switch\n"
".type dv_switch, @function\n"
"dv_switch:\n"
"	pushq	%rbp\n"
"	pushq	%rbx\n"
"	pushq	%r12\n"
"	pushq	%r13\n"
"	pushq	%r14\n"
"	pushq	%r15\n"
"	movq	%rsp, (%rdi)\n"
"	movq	(%rsi), %rsp\n"
"	popq	%r15\n"
"	popq	%r14\n"
"	popq	%r13\n"
"	popq	%r12\n"
"	popq	%rbx\n"
"	popq	%rbp\n"
"	popq	%rcx\n"
"	jmp	*%rcx\n"
".size dv_switch, . - dv_switch\n");

void dv_prepare(struct dv_context *context, char *stack, size_t size,
		void (*entry)(void))
{
	uintptr_t *sp = (uintptr_t *)(((uintptr_t)stack + size) & ~15UL);

	/* Return address of entry(); aligned as after a call. */
	*--sp = 0;
	*--sp = (uintptr_t)entry;
	sp -= 6;			/* rbp is 0: outermost frame */
	memset(sp, 0, 6 * sizeof(*sp));
	context->sp = sp;
}

#else /* __aarch64__ */

/* Saves the callee-saved registers of AAPCS64: x19 to x30, d8 to d15. */
__asm__(
".text\n"
".globl dv_switch\n"
".hidden dv_switch\n"
".type dv_switch, %function\n"
"dv_switch:\n"
"	stp	x29, x30, [sp, #-160]!\n"
"	stp	x19, x20, [sp, #16]\n"
"	stp	x21, x22, [sp, #32]\n"
"	stp	x23, x24, [sp, #48]\n"
"	stp	x25, x26, [sp, #64]\n"
"	stp	x27, x28, [sp, #80]\n"
"	stp	d8, d9, [sp, #96]\n"
"	stp	d10, d11, [sp, #112]\n"
"	stp	d12, d13, [sp, #128]\n"
"	stp	d14, d15, [sp, #144]\n"
"	mov	x9, sp\n"
"	str	x9, [x0]\n"
"	ldr	x9, [x1]\n"
"	mov	sp, x9\n"
"	ldp	x19, x20, [sp, #16]\n"
"	ldp	x21, x22, [sp, #32]\n"
"	ldp	x23, x24, [sp, #48]\n"
"	ldp	x25, x26, [sp, #64]\n"
"	ldp	x27, x28, [sp, #80]\n"
"	ldp	d8, d9, [sp, #96]\n"
"	ldp	d10, d11, [sp, #112]\n"
"	ldp	d12, d13, [sp, #128]\n"
"	ldp	d14, d15, [sp, #144]\n"
"	ldp	x29, x30, [sp], #160\n"
"	br	x30\n"
".size dv_switch, . - dv_switch\n");

void dv_prepare(struct dv_context *context, char *stack, size_t size,
		void (*entry)(void))
{
	char *sp = (char *)(((uintptr_t)stack + size) & ~15UL) - 160;

	memset(sp, 0, 160);		/* x29 is 0: outermost frame */
	((uintptr_t *)sp)[1] = (uintptr_t)entry;
	context->sp = sp;
}

#endif
