/* SPDX-License-Identifier: GPL-2.0-only */
/* The program under test: plain data, filled in by command.c. */
#ifndef DV_PROGRAM_H
#define DV_PROGRAM_H

#include <linux/dax.h>
#include <linux/types.h>

#define DV_MAX_THREADS	8
#define DV_MAX_HOLDERS	16
#define DV_MAX_CALLS	16
#define DV_MAX_SITES	512
#define DV_NAME_SIZE		32
/* Size of a disk: 1 MiB. */
#define DV_DISK_SECTORS		2048

enum dv_fn {
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
	DV_DAX_DEV_GET,
	DV_DAX_SET_OPS,
	DV_QUEUE_LIMITS_SET,
	DV_BDEV_ADD_PARTITION,
	DV_DEVICE_DRIVER_ATTACH,
	DV_DEVICE_RELEASE_DRIVER,
	/* Accesses come last: value.c names their results. */
	DV_DAX_DIRECT_ACCESS,
	DV_DAX_ZERO_PAGE_RANGE,
	DV_DAX_RECOVERY_WRITE,
	DV_DAX_COPY_FROM_ITER,
	DV_DAX_COPY_TO_ITER,
	DV_NR_FNS,
};

/* Devices of a program. The log is the second one, which few programs have. */
enum dv_which {
	DV_FIRST,
	DV_LOG,
	DV_NR_DEVICES,
};

/* The dax_device argument: one of these, or the site of a call. */
#define DV_THE_DEVICE	(-1)
#define DV_NO_DEVICE	(-2)
#define DV_THE_LOG	(-3)

/* Drivers of the dax bus, by type. */
enum dv_driver {
	DV_FSDEV,
	DV_DEVICE_DAX,
	DV_KMEM,
	DV_NR_DRIVERS,
};

struct dv_call {
	enum dv_fn fn;
	int site;
	int device;
	void *holder;
	const struct dax_holder_operations *ops;
	/* Holder whose operations ops are, or -1. */
	int ops_of;
	u64 offset;
	u64 length;
	int flags;
	enum dv_driver driver;
};

struct dv_calls {
	int nr;
	struct dv_call call[DV_MAX_CALLS];
};

struct dv_holder {
	char name[DV_NAME_SIZE];
	/* The holder's operations lack notify_failure. */
	bool no_callback;
	int returns;
	/* Calls that notify_failure makes. */
	struct dv_calls calls;
};

struct dv_device_state {
	bool alive;
	void *holder;
	const struct dax_holder_operations *ops;
	int refs;
	const void *device_ops;
	struct device_driver *driver;
	/* The driver's probe set device_ops: its unbind clears them. */
	bool clears_ops;
	/* Of the block device and its disk. */
	bool without_dax;
	sector_t start;
	sector_t sectors;
};

struct dv_program {
	int nr_holders;
	struct dv_holder holders[DV_MAX_HOLDERS];
	bool has_log;
	struct dv_device_state devices[DV_NR_DEVICES];
	struct dv_calls setup;
	int nr_threads;
	char names[DV_MAX_THREADS][DV_NAME_SIZE];
	struct dv_calls threads[DV_MAX_THREADS];
};

extern struct dv_program dv_program;
extern const char *const dv_fn_names[DV_NR_FNS];
extern const char *const dv_driver_names[DV_NR_DRIVERS];

static inline int dv_nr_devices(void)
{
	return dv_program.has_log ? DV_NR_DEVICES : DV_LOG;
}

#endif
