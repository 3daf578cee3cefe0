/* SPDX-License-Identifier: MIT */
/*
 * Stackful coroutines: a thread of a program is a stack that is switched to.
 * By hand where that is known, which takes a few nanoseconds; through
 * ucontext, which asks the kernel for the signal mask each time, elsewhere.
 */
#ifndef DV_COROUTINE_H
#define DV_COROUTINE_H

#include <stddef.h>

#if defined(DV_UCONTEXT) || !(defined(__x86_64__) || defined(__aarch64__))
#include <ucontext.h>
struct dv_context {
	ucontext_t context;
};
#else
struct dv_context {
	void *sp;
};
#endif

/* Makes a context that will call entry(), which never returns. */
void dv_prepare(struct dv_context *context, char *stack, size_t size,
		void (*entry)(void));

/* Leaves this stack in from and goes on in to. */
void dv_switch(struct dv_context *from, struct dv_context *to);

#endif
