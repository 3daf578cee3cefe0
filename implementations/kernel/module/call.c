// SPDX-License-Identifier: GPL-2.0-only
/* Makes one call of a program. */
#include <linux/blkdev.h>

#include "call.h"
#include "dev_dax.h"
#include "device.h"
#include "driver.h"
#include "exports.h"
#include "inode.h"
#include "io.h"
#include "trace.h"

/* Ids that dax_read_lock() returned, until dax_read_unlock() takes them. */
static struct locks {
	int nr;
	int ids[DV_MAX_DEPTH];
} locks_of[DV_MAX_THREADS];

#define NOT_EXPORTED	"the kernel does not export it"
#define NOT_FOUND	"the kernel does not export it, and hides its address"

const char *dv_call_obstacle(enum dv_fn fn)
{
	switch (fn) {
	case DV_FS_DAX_GET:
		return dv_fs_dax_get_obstacle();
	case DV_DAX_DEV_GET:
		if (!dv_exports.dax_dev_get)
			return NOT_EXPORTED;
		if (!dv_inodes_have_numbers())
			return "the module does not find its devices by number";
		return NULL;
	case DV_DAX_SET_OPS:
		if (!dv_exports.dax_set_ops)
			return NOT_EXPORTED;
		if (!dv_field_address(DV_FIRST, DV_DEVICE_OPS))
			return "the module does not find what it sets";
		return NULL;
	case DV_DAX_DIRECT_ACCESS:
	case DV_DAX_ZERO_PAGE_RANGE:
	case DV_DAX_RECOVERY_WRITE:
		if (!dv_field_address(DV_FIRST, DV_DEVICE_OPS))
			return "the module does not find what it reads";
		return NULL;
	case DV_DAX_COPY_FROM_ITER:
		return dv_exports.dax_copy_from_iter ? NULL : NOT_FOUND;
	case DV_DAX_COPY_TO_ITER:
		return dv_exports.dax_copy_to_iter ? NULL : NOT_FOUND;
	case DV_DEVICE_DRIVER_ATTACH:
	case DV_DEVICE_RELEASE_DRIVER:
		return dv_device(DV_FIRST) ? NULL : "no fs_dax_get() looks at a driver";
	default:
		return NULL;
	}
}

static void dv_read_lock(struct dv_thread *thread)
{
	struct locks *locks = &locks_of[thread->index];
	int id = dax_read_lock();

	if (locks->nr == DV_MAX_DEPTH) {
		dv_fault(thread, "livelock");
		dax_read_unlock(id);
		return;
	}
	locks->ids[locks->nr++] = id;
}

static void dv_read_unlock(struct dv_thread *thread)
{
	struct locks *locks = &locks_of[thread->index];

	if (locks->nr > 0)
		dax_read_unlock(locks->ids[--locks->nr]);
}

int dv_read_locks(const struct dv_thread *thread)
{
	return locks_of[thread->index].nr;
}

void dv_read_unlock_to(struct dv_thread *thread, int nr)
{
	while (locks_of[thread->index].nr > nr)
		dv_read_unlock(thread);
}

/* Results of calls, by site. */
static unsigned long results[DV_MAX_SITES];

static struct dax_device *device_of(const struct dv_call *call)
{
	switch (call->device) {
	case DV_THE_DEVICE:
		return dv_dax[DV_FIRST].dax_dev;
	case DV_THE_LOG:
		return dv_dax[DV_LOG].dax_dev;
	case DV_NO_DEVICE:
		return NULL;
	default:
		return (struct dax_device *)results[call->device];
	}
}

enum dv_which dv_which_device(const struct dv_call *call)
{
	return dv_which_dax(device_of(call)) == DV_LOG ? DV_LOG : DV_FIRST;
}

/* Finds devices of the program only: the kernel would make another one. */
static struct dax_device *find_device(enum dv_which which)
{
	if (!dv_inode_is_evicted(which))
		return dv_exports.dax_dev_get(dv_dax[which].inode->i_rdev);
	dv_control.beyond = "a lookup of a freed device makes another one";
	return NULL;
}

static unsigned long make_call(struct dv_thread *thread,
			       const struct dv_call *call)
{
	struct block_device *bdev = dv_dax[dv_which_device(call)].bdev;
	struct dax_device *dax_dev = device_of(call);

	thread->start_off = DV_UNTOUCHED;

	switch (call->fn) {
	case DV_FS_DAX_GET:
		return dv_exports.fs_dax_get(dax_dev, call->holder, call->ops);
	case DV_FS_DAX_GET_BY_BDEV:
		return (unsigned long)fs_dax_get_by_bdev(bdev,
							 &thread->start_off,
							 call->holder,
							 call->ops);
	case DV_FS_PUT_DAX:
		fs_put_dax(dax_dev, call->holder);
		return 0;
	case DV_PUT_DAX:
		put_dax(dax_dev);
		return 0;
	case DV_KILL_DAX:
		kill_dax(dax_dev);
		return 0;
	case DV_RUN_DAX:
		run_dax(dax_dev);
		return 0;
	case DV_DAX_HOLDER_NOTIFY_FAILURE:
		return dax_holder_notify_failure(dax_dev, call->offset,
						 call->length, call->flags);
	case DV_DAX_HOLDER:
		return (unsigned long)dax_holder(dax_dev);
	case DV_DAX_ALIVE:
		return dax_alive(dax_dev);
	case DV_DAX_READ_LOCK:
		dv_read_lock(thread);
		return 0;
	case DV_DAX_READ_UNLOCK:
		dv_read_unlock(thread);
		return 0;
	case DV_DAX_GET_PRIVATE:
		return (unsigned long)dax_get_private(dax_dev);
	case DV_DAX_DEV_GET:
		return (unsigned long)find_device(dv_which_device(call));
	case DV_DAX_SET_OPS:
		return dv_set_ops(dax_dev, call->ops_of);
	case DV_QUEUE_LIMITS_SET:
		dv_disk_set_dax(false);
		return 0;
	case DV_BDEV_ADD_PARTITION:
		bdev->bd_start_sect = call->offset / SECTOR_SIZE;
		bdev->bd_nr_sectors = call->length / SECTOR_SIZE;
		return 0;
	case DV_DEVICE_DRIVER_ATTACH:
		return dv_attach_driver(call->driver, call->ops_of);
	case DV_DEVICE_RELEASE_DRIVER:
		dv_release_driver();
		return 0;
	case DV_DAX_DIRECT_ACCESS:
		return dv_direct_access(dax_dev, call->offset, call->length);
	case DV_DAX_ZERO_PAGE_RANGE:
		return dv_zero_page_range(dax_dev, call->offset, call->length);
	case DV_DAX_RECOVERY_WRITE:
		return dv_recovery_write(dax_dev, call->offset);
	case DV_DAX_COPY_FROM_ITER:
		return dv_copy_from_iter(dax_dev);
	case DV_DAX_COPY_TO_ITER:
		return dv_copy_to_iter(dax_dev);
	default:
		return 0;
	}
}

unsigned long dv_make_call(struct dv_thread *thread,
			   const struct dv_call *call)
{
	return results[call->site] = make_call(thread, call);
}
