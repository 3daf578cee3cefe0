/* SPDX-License-Identifier: MIT */
#ifndef DV_SIGNALS_H
#define DV_SIGNALS_H

#include <stdint.h>

/*
 * Turns the signals of faults, and endless loops, into faults of threads.
 * Outside of threads a fault ends the process with exit status 128 + signal.
 * *refused becomes 1 + the number of the latest refused system call, or
 * UINT32_MAX for a call in the way of another architecture.
 */
void dv_handle_signals(uint32_t *refused);

#endif
