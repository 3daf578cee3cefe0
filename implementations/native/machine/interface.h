/* SPDX-License-Identifier: MIT */
/*
 * The interface between the machine (an addon of Node.js) and a tree (a shared
 * object: the super.c under test and the shim). They are two objects because
 * the machine restores the memory of the tree before each execution and must
 * keep its own.
 */
#ifndef DV_INTERFACE_H
#define DV_INTERFACE_H

#include <stddef.h>
#include <stdint.h>

#include "order.h"

/* Operations of events. The order is that of ops in abi.ts. */
enum dv_op {
	DV_READ,
	DV_WRITE,
	DV_RMW,
	DV_LOCK,
	DV_UNLOCK,
	DV_SRCU_LOCK,
	DV_SRCU_UNLOCK,
	DV_SYNC_BEGIN,
	DV_SYNC_END,
	DV_CALL,
	DV_RETURN,
	DV_FREE,
};

/* A lower address is NULL, or a member of a struct at NULL. */
#define DV_NULL_END	0x10000

/* The order is that of faults in abi.ts. */
enum dv_fault {
	DV_NULL_DEREFERENCE,
	DV_NULL_CALL,
	DV_USE_AFTER_FREE,
	DV_WILD_ACCESS,
	DV_STACK_OVERFLOW,
	DV_BUG,
	DV_LIVELOCK,
	DV_DEADLOCK,
	DV_SYSTEM_CALL,
};

/* Encoding of a field's value in an event. */
enum dv_kind {
	DV_KIND_HOLDER,		/* pointer to a holder */
	DV_KIND_OPS,		/* pointer to a holder's operations */
	DV_KIND_BIT,		/* one bit of a word */
	DV_KIND_COUNT,
	DV_KIND_POINTER,	/* any other pointer: 1, or 0 for NULL */
};

struct dv_field {
	const char *name;
	int32_t offset;		/* bytes from the first dax_device */
	uint32_t size;		/* bytes */
	uint32_t kind;
	uint32_t mask;		/* of DV_KIND_BIT */
};

/* A place in the tree's code: an address and its function's return address. */
struct dv_place {
	uintptr_t pc, caller;
};

/*
 * Functions of the machine. The tree calls them on the stack of a thread, or
 * while it boots, when they do nothing.
 */
struct dv_machine {
	/*
	 * Called before a memory access. Returns when the thread may perform
	 * it. marked is an enum dv_order, perhaps with DV_TRY.
	 */
	void (*access)(int op, const volatile void *addr, size_t size,
		       int marked, struct dv_place place);
	/*
	 * Any other scheduling point, on a named object. The thread is
	 * blocked while *busy is nonzero; with NULL it never is.
	 */
	void (*point)(int op, const char *object, const unsigned long *busy,
		      struct dv_place place);
	/* A barrier; not a scheduling point, recorded by isolated runs only. */
	void (*fence)(int fence);
	void (*warn)(struct dv_place place);
	/* Runs notify_failure() of a holder's operations. */
	int (*notify)(int holder, const void *device, uint64_t offset,
		      uint64_t length, int flags);
	/*
	 * Says which count the current event, a lookup, is about, before the
	 * lookup changes it. Until then it is that of the first device.
	 */
	void (*found)(const volatile int *count);
	/* Passes on *start_off of fs_dax_get_by_bdev() after the call. */
	void (*start_off)(uint64_t bytes);
};

/* *start_off before the call; odd, so no call stores it. */
#define DV_UNTOUCHED	0x5555555555555555ULL

#define DV_MAX_HOLDERS	32

/* The order is that of calls in abi.ts. */
enum dv_call {
	DV_FS_DAX_GET,
	DV_FS_DAX_GET_BY_BDEV,
	DV_FS_PUT_DAX,
	DV_PUT_DAX,
	DV_KILL_DAX,
	DV_RUN_DAX,
	DV_DAX_HOLDER_NOTIFY_FAILURE,
	DV_DAX_HOLDER,
	DV_DAX_ALIVE,
	DV_DAX_READ_LOCK,
	DV_DAX_READ_UNLOCK,
	DV_DAX_GET_PRIVATE,
	DV_DAX_SET_OPS,
	DV_ALLOC_DAX,
	DV_DAX_DEV_GET,
	DV_DAX_DEV_FIND,
	DV_DAX_ADD_HOST,
	DV_DAX_REMOVE_HOST,
	DV_BDEV_ADD_PARTITION,
	DV_DEVICE_DRIVER_ATTACH,
	DV_DEVICE_RELEASE_DRIVER,
	DV_QUEUE_LIMITS_SET,
	DV_DAX_DIRECT_ACCESS,
	DV_DAX_ZERO_PAGE_RANGE,
	DV_DAX_RECOVERY_WRITE,
	DV_DAX_COPY_FROM_ITER,
	DV_DAX_COPY_TO_ITER,
	DV_NR_CALLS,
};

/* The order is that of drivers in abi.ts. */
enum dv_driver {
	DV_FSDEV,
	DV_DEVICE_DAX,
	DV_KMEM,
	DV_NR_DRIVERS,
};

/*
 * Members of a holder's operations, as bits. The first is one of its
 * dax_holder_operations, the others are its dax_operations where it is a
 * driver. The order is that of members in abi.ts.
 */
enum dv_member {
	DV_NOTIFY_FAILURE = 1 << 0,
	DV_DIRECT_ACCESS = 1 << 1,
	DV_ZERO_PAGE_RANGE = 1 << 2,
	DV_RECOVERY_WRITE = 1 << 3,
	DV_MEMBERS_END = 1 << 4,
};

struct dv_args {
	void *device;
	void *holder;
	const void *ops;
	uint64_t offset, length;
	int flags;
	int driver;
	int section;		/* argument of dax_read_unlock() */
};

/* Devices that there is memory for: the device, and the log. */
enum {
	DV_DEVICE,
	DV_LOG,
	DV_NR_DEVICES,
};

/* Bytes from the first device to the log. */
#define DV_DEVICE_STRIDE	512

/* Functions and data of the tree. */
struct dv_tree {
	/* Runs the initcalls and allocates the device. Returns 0 or -errno. */
	int (*boot)(void);
	char *(*device)(void);
	/*
	 * Makes memory for the log and, where it is wanted, allocates the log.
	 * Called after boot(). Returns 0 or -errno.
	 */
	int (*add_log)(int wanted);
	size_t device_size;	/* bytes */
	/* Returns 1 if the memory of a device is free, else 0. */
	int (*freed)(int device);
	/*
	 * nr_own fields of the device, as many of the log, then nr_outside of
	 * other objects. The last three, dax_minor_ida and the entries of both
	 * disks in dax_hosts, have events only in programs with a call that
	 * changes them.
	 */
	const struct dv_field *fields;
	size_t nr_fields, nr_own, nr_outside;
	/* Calls that the tree has, others are NULL. A void one returns 0. */
	intptr_t (*calls[DV_NR_CALLS])(const struct dv_args *args);
	/* Holder i is at holders + i, its operations at ops + i * ops_size. */
	char *holders;
	char *ops;
	size_t ops_size;
	/*
	 * A bit for each of the last 64 accesses with DV_TRY, the latest one
	 * lowest: 1 if it stored.
	 */
	const uint64_t *outcomes;
	/* Sets members of a holder's operations to NULL: enum dv_member. */
	void (*clear_members)(int holder, int members);
};

/* Type of dv_bind(), the only symbol that a tree exports. */
typedef const struct dv_tree *dv_bind_t(const struct dv_machine *machine);

#endif
