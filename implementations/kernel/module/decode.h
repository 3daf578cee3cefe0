/* SPDX-License-Identifier: GPL-2.0-only */
/* Classifies the instruction that fired a hardware breakpoint. */
#ifndef DV_DECODE_H
#define DV_DECODE_H

#include "trace.h"

/*
 * Returns what the instruction before regs->ip did at the address. changed: the
 * value differs from before.
 */
enum dv_op dv_decode(const struct pt_regs *regs, unsigned long address,
		     bool changed);

#endif
