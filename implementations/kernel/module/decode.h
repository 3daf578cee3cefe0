/* SPDX-License-Identifier: GPL-2.0-only */
/* Classifies the instruction that fired a hardware breakpoint. */
#ifndef DV_DECODE_H
#define DV_DECODE_H

#include "trace.h"

/* The instruction before regs->ip accessed the address, and changed it or not. */
enum dv_op dv_decode(const struct pt_regs *regs, unsigned long address,
		     bool changed);

#endif
