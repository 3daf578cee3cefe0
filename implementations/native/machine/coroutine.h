/* SPDX-License-Identifier: MIT */
/*
 * Stackful coroutines: each thread of a program has a stack to switch to. On
 * x86-64 and arm64 a switch is a few instructions; elsewhere it is ucontext,
 * which makes a system call for the signal mask each time.
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

/* Makes a context that calls entry(), which never returns. */
void dv_prepare(struct dv_context *context, char *stack, size_t size,
		void (*entry)(void));

/* Saves this stack in from and continues on that of to. */
void dv_switch(struct dv_context *from, struct dv_context *to);

#endif
