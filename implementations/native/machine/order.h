/* SPDX-License-Identifier: MIT */
/*
 * Orders of accesses, named as in linux-kernel.bell, and barriers. The shim
 * passes them to the machine; only memory models use them.
 */
#ifndef DV_ORDER_H
#define DV_ORDER_H

/* Order of an access. The order is that of orders in abi.ts. */
enum dv_order {
	DV_PLAIN,
	DV_ONCE,
	DV_ACQUIRE,
	DV_RELEASE,
	DV_FULL,	/* a barrier before and after it */
	DV_NORETURN,
	DV_LOOKUP,	/* by the VFS, which skips an inode whose memory is
			 * free */
};

/* A conditional store; dv_outcomes records if it stored. */
#define DV_TRY		0x40
/* Set by isolated runs if a conditional store did not store. */
#define DV_FAILED	0x80

/* The order is that of barriers in abi.ts. */
enum dv_fence {
	DV_MB,
	DV_RMB,
	DV_WMB,
	DV_BEFORE_ATOMIC,
	DV_AFTER_ATOMIC,
};

#endif
