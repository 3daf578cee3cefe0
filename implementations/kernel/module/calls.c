// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blkdev.h>
#include <linux/sched/task_stack.h>

#include "calls.h"
#include "dev_dax.h"
#include "device.h"
#include "exports.h"
#include "program.h"
#include "thread.h"
#include "trace.h"

/* More stack than a call and a callback inside it need. */
#define STACK_RESERVE	2048

/* Each holder claims the device with its own address in here. */
static char holders[DV_MAX_HOLDERS];

/* Ids that dax_read_lock() returned, until dax_read_unlock() takes them. */
static struct locks {
	int nr;
	int ids[DV_MAX_DEPTH];
} locks_of[DV_MAX_THREADS];

const char *dv_call_obstacle(enum dv_fn fn)
{
	switch (fn) {
	case DV_FS_DAX_GET:
		return dv_fs_dax_get_obstacle();
	case DV_DAX_SET_OPS:
		if (!dv_exports.dax_set_ops)
			return "the kernel does not export it";
		if (!dv_field_address(DV_DEVICE_OPS))
			return "the module does not find what it sets";
		return NULL;
	case DV_DEVICE_DRIVER_ATTACH:
	case DV_DEVICE_RELEASE_DRIVER:
		return dv_device() ? NULL : "no fs_dax_get() looks at a driver";
	default:
		return NULL;
	}
}

void *dv_holder_pointer(int holder)
{
	return &holders[holder];
}

static const char *name_at(unsigned long index)
{
	if (index < dv_program.nr_holders)
		return dv_program.holders[index].name;
	return "unknown";
}

const char *dv_holder_name(unsigned long pointer)
{
	return pointer ? name_at(pointer - (unsigned long)holders) : "-";
}

const char *dv_ops_name(unsigned long pointer)
{
	unsigned long index = (pointer - (unsigned long)dv_ops) /
			      sizeof(dv_ops[0]);

	return pointer ? name_at(index) : "-";
}

static bool stack_is_full(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);

	return here - (unsigned long)task_stack_page(current) < STACK_RESERVE;
}

static int notify_holder(int index, u64 offset, u64 length, int flags)
{
	struct dv_holder *holder = &dv_program.holders[index];
	struct dv_thread *thread = dv_current();
	struct dv_record *record;
	int within;

	if (!thread || READ_ONCE(dv_control.draining))
		return 0;
	if (dv_control.recording) {
		/* The kernel would call NULL here and oops. */
		if (holder->no_callback) {
			dv_fault(thread, "null-call");
			return 0;
		}
		if (thread->depth == DV_MAX_DEPTH || stack_is_full()) {
			dv_fault(thread, "livelock");
			return 0;
		}
	}
	within = thread->within;
	thread->within = index;
	thread->depth++;
	if (dv_control.recording) {
		dv_add_event(thread, DV_CALL, DV_CALLBACK)->what = index;
		record = dv_add_record(DV_NOTIFIED, thread->index);
		record->holder = index;
		record->offset = offset;
		record->length = length;
		record->flags = flags;
		dv_hold(thread, DV_HELD);
	}
	dv_make_calls(thread, &holder->calls, false);
	if (dv_control.recording) {
		struct dv_event *event;

		event = dv_add_event(thread, DV_RETURN, DV_CALLBACK);
		event->what = index;
		event->new = holder->returns;
		dv_hold(thread, DV_HELD);
	}
	thread->depth--;
	thread->within = within;
	return holder->returns;
}

/* No argument names the holder, so each holder has a function of its own. */
#define NOTIFY(n)							\
static int notify_##n(struct dax_device *dev, u64 offset, u64 length,	\
		      int flags)					\
{									\
	return notify_holder(n, offset, length, flags);			\
}

NOTIFY(0)
NOTIFY(1)
NOTIFY(2)
NOTIFY(3)
NOTIFY(4)
NOTIFY(5)
NOTIFY(6)
NOTIFY(7)
NOTIFY(8)
NOTIFY(9)
NOTIFY(10)
NOTIFY(11)
NOTIFY(12)
NOTIFY(13)
NOTIFY(14)
NOTIFY(15)

const struct dax_holder_operations dv_ops[DV_MAX_HOLDERS] = {
	{ notify_0 }, { notify_1 }, { notify_2 }, { notify_3 },
	{ notify_4 }, { notify_5 }, { notify_6 }, { notify_7 },
	{ notify_8 }, { notify_9 }, { notify_10 }, { notify_11 },
	{ notify_12 }, { notify_13 }, { notify_14 }, { notify_15 },
};

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

/* Results of calls, by site. */
static unsigned long results[DV_MAX_SITES];

static struct dax_device *device_of(const struct dv_call *call)
{
	switch (call->device) {
	case DV_THE_DEVICE:
		return dv_dax_dev;
	case DV_NO_DEVICE:
		return NULL;
	default:
		return (struct dax_device *)results[call->device];
	}
}

/* Holder i passes element i. */
static int dv_set_ops(struct dax_device *dax_dev,
		      const struct dax_holder_operations *ops)
{
	static const struct dax_operations device_ops[DV_MAX_HOLDERS];

	if (!dv_exports.dax_set_ops)
		return -EOPNOTSUPP;
	return dv_exports.dax_set_ops(dax_dev,
				      ops ? &device_ops[ops - dv_ops] : NULL);
}

/*
 * The driver core, with probe and remove of device-dax, fsdev and kmem. The
 * struct device is not registered, so the core's own functions cannot be
 * called.
 */
static int dv_attach_driver(enum dv_driver type,
			    const struct dax_holder_operations *ops)
{
	struct device *device = dv_device();
	int rc = -EBUSY;

	mutex_lock(&device->mutex);
	if (!device->driver) {
		device->driver = dv_driver(type);
		rc = ops ? dv_set_ops(dv_dax_dev, ops) : 0;
		if (rc) {
			device->driver = NULL;
		} else {
			dv_clears_ops = ops;
			if (type != DV_KMEM)
				run_dax(dv_dax_dev);
		}
	}
	mutex_unlock(&device->mutex);
	return rc;
}

static void dv_release_driver(void)
{
	struct device *device = dv_device();

	mutex_lock(&device->mutex);
	if (device->driver) {
		kill_dax(dv_dax_dev);
		if (dv_clears_ops)
			dv_set_ops(dv_dax_dev, NULL);
		dv_clears_ops = false;
		device->driver = NULL;
	}
	mutex_unlock(&device->mutex);
}

static unsigned long make_call(struct dv_thread *thread,
			       const struct dv_call *call)
{
	struct dax_device *dax_dev = device_of(call);

	thread->start_off = DV_UNTOUCHED;

	switch (call->fn) {
	case DV_FS_DAX_GET:
		return dv_exports.fs_dax_get(dax_dev, call->holder, call->ops);
	case DV_FS_DAX_GET_BY_BDEV:
		return (unsigned long)fs_dax_get_by_bdev(dv_bdev,
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
	case DV_DAX_SET_OPS:
		return dv_set_ops(dax_dev, call->ops);
	case DV_BDEV_ADD_PARTITION:
		dv_bdev->bd_start_sect = call->offset / SECTOR_SIZE;
		dv_bdev->bd_nr_sectors = call->length / SECTOR_SIZE;
		return 0;
	case DV_DEVICE_DRIVER_ATTACH:
		return dv_attach_driver(call->driver, call->ops);
	case DV_DEVICE_RELEASE_DRIVER:
		dv_release_driver();
		return 0;
	default:
		return 0;
	}
}

/* Not inlined: report.c recognises addresses in here by the name. */
noinline void dv_make_calls(struct dv_thread *thread,
			    const struct dv_calls *calls, bool last)
{
	enum dv_fn fn = thread->fn;
	int site = thread->site;
	const struct locks *locks = &locks_of[thread->index];
	int nr_locks = locks->nr;
	unsigned long result;
	int index;

	for (index = 0; index < calls->nr; index++) {
		const struct dv_call *call = &calls->call[index];

		if (READ_ONCE(dv_control.draining))
			break;
		thread->site = call->site;
		thread->fn = call->fn;
		if (dv_control.recording)
			dv_hold_at(thread, DV_CALL, DV_FUNCTION, true, 0, 0, 0);
		if (READ_ONCE(dv_control.draining))
			break;
		result = make_call(thread, call);
		results[call->site] = result;
		if (dv_control.recording) {
			struct dv_event *event;

			thread->site = call->site;
			thread->fn = call->fn;
			event = dv_add_event(thread, DV_RETURN, DV_FUNCTION);
			event->old = thread->start_off;
			event->new = result;
			thread->ended = last && index == calls->nr - 1;
			dv_hold(thread, DV_HELD);
		}
	}
	/* Draining skips calls of dax_read_unlock(). */
	while (locks->nr > nr_locks)
		dv_read_unlock(thread);
	thread->site = site;
	thread->fn = fn;
}
