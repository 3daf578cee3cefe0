/* SPDX-License-Identifier: MIT */
/*
 * What the machine (an addon of Node.js) and a tree (a shared object that
 * holds somebody's super.c and the shim) know of each other. They are two
 * objects because the machine puts the memory of a tree back before each
 * execution, and must not forget what it is doing itself.
 */
#ifndef DV_INTERFACE_H
#define DV_INTERFACE_H

#include <stddef.h>
#include <stdint.h>

#include "order.h"

/* How an object is touched. The order is that of ops in words.ts. */
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

/* Addresses below this one are NULL, or a field of NULL. */
#define DV_NULL_END	0x10000

/* The order is that of faults in words.ts. */
enum dv_fault {
	DV_NULL_DEREFERENCE,
	DV_NULL_CALL,
	DV_USE_AFTER_FREE,
	DV_WILD_ACCESS,
	DV_STACK_OVERFLOW,
	DV_BUG,
	DV_LIVELOCK,
	DV_DEADLOCK,
};

/* How the value of a field is shown. The order is that of kinds in words.ts. */
enum dv_kind {
	DV_KIND_HOLDER,		/* a pointer to one of the holders */
	DV_KIND_OPS,		/* a pointer to the operations of one */
	DV_KIND_BIT,		/* one bit of a word */
	DV_KIND_COUNT,
	DV_KIND_POINTER,	/* any other pointer: NULL or not */
};

struct dv_field {
	const char *name;
	int32_t offset;		/* bytes, from the dax_device */
	uint32_t size;		/* bytes */
	uint32_t kind;
	uint32_t mask;		/* of DV_KIND_BIT */
};

/* Where in the tree's code something happens, and who called that code. */
struct dv_place {
	uintptr_t pc, caller;
};

/*
 * Offered to the tree. All of them are called on the stack of a thread of
 * the program, except while the tree boots.
 */
struct dv_machine {
	/*
	 * A memory access comes. Returns when it is this thread's turn.
	 * marked is an enum dv_order, perhaps with DV_TRY.
	 */
	void (*access)(int op, const volatile void *addr, size_t size,
		       int marked, struct dv_place place);
	/*
	 * Another scheduling point, on a named object. The thread can go on
	 * while *busy is 0; NULL: always.
	 */
	void (*point)(int op, const char *object, const unsigned long *busy,
		      struct dv_place place);
	/* A barrier: no scheduling point, and nothing but weak memory's. */
	void (*fence)(int fence);
	void (*warn)(struct dv_place place);
	/* This thread did what a kernel does not survive. Does not return. */
	void (*fault)(int fault);
	/* notify_failure() of a holder's operations. */
	int (*notify)(int holder, uint64_t offset, uint64_t length, int flags);
};

#define DV_MAX_HOLDERS	32

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
	DV_NR_CALLS,
};

/* The order is that of drivers in words.ts. */
enum dv_driver {
	DV_FSDEV,
	DV_DEVICE_DAX,
	DV_NR_DRIVERS,
};

struct dv_args {
	void *holder;
	const void *ops;
	uint64_t offset, length;
	int flags;
	int driver;
	int section;		/* of dax_read_unlock() */
};

/* Offered by the tree. */
struct dv_tree {
	/* Runs the initcalls and allocates the device: 0 or -errno. */
	int (*boot)(void);
	/* The device, of device_size bytes. */
	char *(*device)(void);
	size_t device_size;
	/* Was its memory given back? */
	int (*freed)(void);
	/*
	 * Those of the device first; then nr_outside that lie elsewhere. Of
	 * these the last two, dax_minor_ida and the entry in dax_hosts, are
	 * no events where no call of the program looks or changes it.
	 */
	const struct dv_field *fields;
	size_t nr_fields, nr_outside;
	/* A call's result, as the C function returns it; 0 for void. */
	intptr_t (*calls[DV_NR_CALLS])(const struct dv_args *args);
	/* Holder i is at holders + i, its operations at ops + i * ops_size. */
	char *holders;
	char *ops;
	size_t ops_size;
	/*
	 * A bit for each access with DV_TRY so far, the latest one lowest:
	 * did it store?
	 */
	const uint64_t *outcomes;
	/* Takes notify_failure out of a holder's operations. */
	void (*clear_notify)(int holder);
};

/* The one symbol that a tree exports: dv_bind. */
typedef const struct dv_tree *dv_bind_t(const struct dv_machine *machine);

#endif
