/* SPDX-License-Identifier: MIT */
/*
 * How strongly an access is ordered, in the words of linux-kernel.bell, and
 * the barriers. Both are told to the machine; only weak memory asks for them.
 */
#ifndef DV_ORDER_H
#define DV_ORDER_H

/* What an access is marked with. The order is that of orders in words.ts. */
enum dv_order {
	DV_PLAIN,
	DV_ONCE,
	DV_ACQUIRE,
	DV_RELEASE,
	DV_FULL,	/* a barrier before and after it */
	DV_NORETURN,
	DV_LOOKUP,	/* guarded by the VFS: not done where the memory is
			 * gone */
};

/* Stores only where it finds what it expects: dv_outcomes says whether. */
#define DV_TRY		0x40
/* It did not. The machine says so, of a thread alone. */
#define DV_FAILED	0x80

/* The order is that of fences in words.ts. */
enum dv_fence {
	DV_MB,
	DV_RMB,
	DV_WMB,
	DV_BEFORE_ATOMIC,
	DV_AFTER_ATOMIC,
};

#endif
