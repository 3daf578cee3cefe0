/* SPDX-License-Identifier: MIT */
/* The calls that a thread makes, and the callbacks within them. */
#ifndef DV_CALLS_H
#define DV_CALLS_H

#include <stdint.h>

/* Entry of each thread. Its first DV_CALL event has been added already. */
void dv_thread_main(void);

/* notify_failure() of a holder's operations; see struct dv_machine. */
int dv_notify(int holder, const void *device, uint64_t offset, uint64_t length,
	      int flags);

/* *start_off of the current call; see struct dv_machine. */
void dv_start_off(uint64_t bytes);

#endif
