/* SPDX-License-Identifier: GPL-2.0-only */
/* Helpers for return probes. */
#ifndef DV_PROBE_H
#define DV_PROBE_H

#include <linux/kprobes.h>

#include "thread.h"

/* Calls of a probed function inside each other, in all threads. */
#define DV_NESTED	(DV_MAX_DEPTH * DV_MAX_THREADS)

#define DV_PROBE(name, symbol)						\
	{								\
		.kp.symbol_name = symbol,				\
		.entry_handler = name##_entry,				\
		.handler = name##_return,				\
		.maxactive = DV_NESTED,					\
	}

/* Returns the current thread if the argument is the wanted one, else NULL. */
struct dv_thread *dv_current_if(unsigned long argument, const void *wanted);

#endif
