/* SPDX-License-Identifier: MIT */
/* Takes the rights away from the process of a tree. */
#ifndef DV_CONFINE_H
#define DV_CONFINE_H

#include <linux/filter.h>

/* The program that the kernel runs before each system call. */
extern const struct sock_filter dv_filter[];
extern const unsigned short dv_filter_length;

/* Architecture of a system call, as the kernel names it: AUDIT_ARCH_... */
extern const unsigned int dv_architecture;

/* Bounds memory, and forbids files, processes and core dumps. */
int dv_limit(void);

/*
 * Refuses, with SIGSYS, every system call but the waits and wake-ups of the
 * channel, the return from a signal handler and the exit. Returns 0 or -errno.
 */
int dv_confine(void);

#endif
