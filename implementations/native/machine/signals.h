/* SPDX-License-Identifier: MIT */
#ifndef DV_SIGNALS_H
#define DV_SIGNALS_H

/* Turns the signals of faults, and endless loops, into faults of threads. */
void dv_handle_signals(void);

#endif
