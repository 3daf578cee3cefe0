// SPDX-License-Identifier: GPL-2.0-only
/*
 * Includes the tree's super.c, unmodified, to reach its private struct and its
 * static functions, and fills in struct dv_tree. The accesses of this file are
 * instrumented too. The runner defines DV_SUPER_C and, for each call that it
 * finds in that file, DV_HAVE_... (probe.ts).
 */
#include DV_SUPER_C

#include "shim.h"

int dv_initcall(void);

static struct dax_device *dax_dev;	/* the first device */

/* By device: its disk and its number. */
static struct request_queue queues[DV_NR_DEVICES] = { { 1 }, { 1 } };
static struct gendisk disks[DV_NR_DEVICES] = {
	{ .queue = &queues[DV_DEVICE], .disk_name = "disk" },
	{ .queue = &queues[DV_LOG], .disk_name = "log" },
};
static struct block_device bdevs[DV_NR_DEVICES] = {
	{ .bd_disk = &disks[DV_DEVICE], .bd_nr_sectors = 2048 },
	{ .bd_disk = &disks[DV_LOG], .bd_nr_sectors = 2048 },
};
static dev_t numbers[DV_NR_DEVICES];

/* The device whose disk or number a call takes. */
static int device_of(const struct dv_args *args)
{
	return dv_device_at(args->device) == DV_LOG ? DV_LOG : DV_DEVICE;
}

/* Defined in bus.c, which is not compiled. */
int dax_bus_init(void)
{
	return 0;
}

void dax_bus_exit(void)
{
}

/* Holders. Each has its own notify_failure(), which passes its number. */

static char holders[DV_MAX_HOLDERS];
static struct dax_holder_operations ops[DV_MAX_HOLDERS];
/* Of drivers: holder i is driver i. */
static struct dax_operations device_ops[DV_MAX_HOLDERS];

#define EACH_HOLDER(X)							\
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)	\
	X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21)	\
	X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)

#define NOTIFY(n)							\
static int notify_##n(struct dax_device *dev, u64 offset, u64 length,	\
		      int flags)					\
{									\
	return dv_notify(n, dev, offset, length, flags);		\
}
EACH_HOLDER(NOTIFY)

/* Pages of a driver's memory, as many as the disk has. */
#define DEVICE_PAGES	256

/*
 * Operations of driver n return n + 1, from which the runner names it; past the
 * end of its memory there is nothing to access.
 */
#define DRIVER_OPERATIONS(n)						\
static long direct_access_##n(struct dax_device *dev, pgoff_t pgoff)	\
{									\
	return pgoff < DEVICE_PAGES ? n + 1 : 0;			\
}									\
static int zero_page_range_##n(struct dax_device *dev, pgoff_t pgoff,	\
			       size_t pages)				\
{									\
	return pgoff < DEVICE_PAGES ? n + 1 : -EIO;			\
}									\
static size_t recovery_write_##n(struct dax_device *dev, pgoff_t pgoff,	\
				 void *addr, size_t bytes,		\
				 struct iov_iter *iter)			\
{									\
	return pgoff < DEVICE_PAGES ? n + 1 : 0;			\
}
EACH_HOLDER(DRIVER_OPERATIONS)

/* The last argument of direct_access() has a type that differs by tree. */
#define OPERATIONS(n)							\
	ops[n].notify_failure = notify_##n;				\
	device_ops[n].direct_access = (void *)direct_access_##n;	\
	device_ops[n].zero_page_range = zero_page_range_##n;		\
	device_ops[n].recovery_write = recovery_write_##n;

static void clear_members(int holder, int members)
{
	if (members & DV_NOTIFY_FAILURE)
		ops[holder].notify_failure = NULL;
	if (members & DV_DIRECT_ACCESS)
		device_ops[holder].direct_access = NULL;
	if (members & DV_ZERO_PAGE_RANGE)
		device_ops[holder].zero_page_range = NULL;
	if (members & DV_RECOVERY_WRITE)
		device_ops[holder].recovery_write = NULL;
}

/* The dax_operations of the driver whose name the call gives. */
static const struct dax_operations *device_ops_of(const struct dv_args *args)
{
	const struct dax_holder_operations *of = args->ops;

	return of ? device_ops + (of - ops) : NULL;
}

/* Driver data of devices. fs_dax_get() needs a bound dev_dax since v7.1. */
#ifdef DV_HAVE_FSDEV
static struct dax_device_driver drivers[DV_NR_DRIVERS] = {
	[DV_FSDEV] = { .type = DAXDRV_FSDEV_TYPE },
	[DV_DEVICE_DAX] = { .type = DAXDRV_DEVICE_TYPE },
	[DV_KMEM] = { .type = DAXDRV_KMEM_TYPE },
};
static struct dev_dax dev_daxes[DV_NR_DEVICES] = {
	{ .dev = { .driver = &drivers[DV_FSDEV].drv } },
	{ .dev = { .driver = &drivers[DV_FSDEV].drv,
		   .mutex = { .name = "log.device_lock" } } },
};
#define PRIVATE(i)	(&dev_daxes[i])
#define DRIVER(i)	(&dev_daxes[i].dev.driver)
#else
static void *no_drivers[DV_NR_DEVICES];
#define PRIVATE(i)	(&no_drivers[i])
#define DRIVER(i)	(&no_drivers[i])
#endif

#ifdef DV_HAVE_DAX_ADD_HOST
#define HOST(i)	(&dax_hosts.entry[i])
#else
static void *no_hosts[DV_NR_DEVICES];
#define HOST(i)	(&no_hosts[i])
#endif

/* In the order of fields in abi.ts. */
static struct dv_field fields[] = {
#define FIELD(i, member, kind, mask) {					\
	#member, i * DV_DEVICE_STRIDE + offsetof(struct dax_device, member), \
	sizeof(((struct dax_device *)NULL)->member), kind, mask }
#define DEVICE_FIELDS(i)						\
	FIELD(i, holder_data, DV_KIND_HOLDER, 0),			\
	FIELD(i, holder_ops, DV_KIND_OPS, 0),				\
	FIELD(i, flags, DV_KIND_BIT, BIT(DAXDEV_ALIVE)),		\
	FIELD(i, inode.i_count.counter, DV_KIND_COUNT, 0),		\
	FIELD(i, private, DV_KIND_POINTER, 0),				\
	FIELD(i, ops, DV_KIND_POINTER, 0)
	DEVICE_FIELDS(DV_DEVICE),
	DEVICE_FIELDS(DV_LOG),
	/* Outside of devices; boot() sets the offsets. */
	{ "driver", 0, sizeof(void *), DV_KIND_POINTER, 0 },
	{ "log.driver", 0, sizeof(void *), DV_KIND_POINTER, 0 },
	{ "dax_minor_ida", 0, sizeof(int), DV_KIND_COUNT, 0 },
	{ "dax_hosts", 0, sizeof(void *), DV_KIND_POINTER, 0 },
	{ "log.dax_hosts", 0, sizeof(void *), DV_KIND_POINTER, 0 },
};
#define NR_FIELDS	ARRAY_SIZE(fields)
#define NR_OUTSIDE	5
#define NR_OWN		((NR_FIELDS - NR_OUTSIDE) / DV_NR_DEVICES)

/* Sets the offsets of the fields outside of devices. */
static void place_fields(void)
{
	void *const outside[] = {
		DRIVER(DV_DEVICE), DRIVER(DV_LOG), &dax_minor_ida,
		HOST(DV_DEVICE), HOST(DV_LOG),
	};
	int i;

	for (i = 0; i < NR_OUTSIDE; i++)
		fields[NR_FIELDS - NR_OUTSIDE + i].offset =
			(char *)outside[i] - (char *)dax_dev;
}

/* The device's own operations, for a tree whose fs_dax_get() needs some. */
#ifdef DV_NEEDS_DEVICE_OPS
static int zero_page_range(struct dax_device *dev, pgoff_t pgoff, size_t pages)
{
	return 0;
}

static const struct dax_operations device_operations = {
	.zero_page_range = zero_page_range,
};
#define DEVICE_OPS	(&device_operations)
#else
#define DEVICE_OPS	NULL
#endif

#ifdef DV_ALLOC_DAX_ARGUMENTS
#define ALLOC_DAX(i, ops) alloc_dax(PRIVATE(i), disks[i].disk_name, ops, 0)
#else
#define ALLOC_DAX(i, ops) alloc_dax(PRIVATE(i), ops)
#endif

static int boot_tree(void)
{
	int rc;

	EACH_HOLDER(OPERATIONS)
	rc = dv_initcall();
	if (rc)
		return rc;
	dax_dev = ALLOC_DAX(DV_DEVICE, DEVICE_OPS);
	if (IS_ERR_OR_NULL(dax_dev))
		return dax_dev ? PTR_ERR(dax_dev) : -ENOMEM;
	dv_event_bit = DAXDEV_ALIVE;
	numbers[DV_DEVICE] = dax_dev->inode.i_rdev;
	/* alloc_dax() gives the next device the next number. */
	numbers[DV_LOG] = numbers[DV_DEVICE] + 1;
	place_fields();
#ifdef DV_HAVE_DAX_ADD_HOST
	rc = dax_add_host(dax_dev, &disks[DV_DEVICE]);
#endif
	return rc;
}

/* The log has the next number, whatever the tree makes of numbers. */
static int add_log(int wanted)
{
	struct dax_device *log;
	int rc = 0;

	dv_add_memory();
	if (!wanted)
		return 0;
	dv_finds_none = true;
	log = ALLOC_DAX(DV_LOG, DEVICE_OPS);
	dv_finds_none = false;
	if (dv_device_at(log) != DV_LOG)
		return -ENOMEM;
	log->inode.i_rdev = numbers[DV_LOG];
#ifdef DV_HAVE_DAX_ADD_HOST
	rc = dax_add_host(log, &disks[DV_LOG]);
#endif
	return rc;
}

static int boot(void)
{
	return dv_boot_until_unknown(boot_tree);
}

static char *device(void)
{
	return (char *)dax_dev;
}

/* Calls */

#ifdef DV_HAVE_FS_DAX_GET
static intptr_t call_fs_dax_get(const struct dv_args *args)
{
	return fs_dax_get(args->device, args->holder, args->ops);
}
#else
#define call_fs_dax_get NULL
#endif

#ifdef DV_HAVE_FS_DAX_GET_BY_BDEV
static intptr_t call_fs_dax_get_by_bdev(const struct dv_args *args)
{
#ifdef DV_FS_DAX_GET_BY_BDEV_ARGUMENTS
	return (intptr_t)fs_dax_get_by_bdev(&bdevs[device_of(args)],
					    args->holder, args->ops);
#else
	u64 start = DV_UNTOUCHED;
	struct dax_device *found;

	found = fs_dax_get_by_bdev(&bdevs[device_of(args)], &start,
				   args->holder, args->ops);
	dv_start_off(start);
	return (intptr_t)found;
#endif
}
#else
#define call_fs_dax_get_by_bdev NULL
#endif

#ifdef DV_HAVE_FS_PUT_DAX
static intptr_t call_fs_put_dax(const struct dv_args *args)
{
	fs_put_dax(args->device, args->holder);
	return 0;
}
#else
#define call_fs_put_dax NULL
#endif

#ifdef DV_HAVE_PUT_DAX
static intptr_t call_put_dax(const struct dv_args *args)
{
	put_dax(args->device);
	return 0;
}
#else
#define call_put_dax NULL
#endif

#ifdef DV_HAVE_KILL_DAX
static intptr_t call_kill_dax(const struct dv_args *args)
{
	kill_dax(args->device);
	return 0;
}
#else
#define call_kill_dax NULL
#endif

#ifdef DV_HAVE_RUN_DAX
static intptr_t call_run_dax(const struct dv_args *args)
{
	run_dax(args->device);
	return 0;
}
#else
#define call_run_dax NULL
#endif

#ifdef DV_HAVE_DAX_HOLDER_NOTIFY_FAILURE
static intptr_t call_dax_holder_notify_failure(const struct dv_args *args)
{
	return dax_holder_notify_failure(args->device, args->offset, args->length,
					 args->flags);
}
#else
#define call_dax_holder_notify_failure NULL
#endif

#ifdef DV_HAVE_DAX_HOLDER
static intptr_t call_dax_holder(const struct dv_args *args)
{
	return (intptr_t)dax_holder(args->device);
}
#else
#define call_dax_holder NULL
#endif

#ifdef DV_HAVE_DAX_ALIVE
static intptr_t call_dax_alive(const struct dv_args *args)
{
	return dax_alive(args->device);
}
#else
#define call_dax_alive NULL
#endif

#ifdef DV_HAVE_DAX_READ_LOCK
static intptr_t call_dax_read_lock(const struct dv_args *args)
{
	return dax_read_lock();
}
#else
#define call_dax_read_lock NULL
#endif

#ifdef DV_HAVE_DAX_READ_UNLOCK
static intptr_t call_dax_read_unlock(const struct dv_args *args)
{
	dax_read_unlock(args->section);
	return 0;
}
#else
#define call_dax_read_unlock NULL
#endif

#ifdef DV_HAVE_DAX_GET_PRIVATE
static intptr_t call_dax_get_private(const struct dv_args *args)
{
	return (intptr_t)dax_get_private(args->device);
}
#else
#define call_dax_get_private NULL
#endif

#ifdef DV_HAVE_DAX_SET_OPS
static intptr_t call_dax_set_ops(const struct dv_args *args)
{
	return dax_set_ops(args->device, device_ops_of(args));
}
#else
#define call_dax_set_ops NULL
#endif

#ifdef DV_HAVE_ALLOC_DAX
static intptr_t call_alloc_dax(const struct dv_args *args)
{
	const struct dax_operations *given = device_ops_of(args);
	struct dax_device *made = ALLOC_DAX(DV_DEVICE, given ?: DEVICE_OPS);

	/* No thread has seen it yet. */
	if (dv_device_at(made) == DV_LOG)
		dv_set_pointer((void **)&made->private, PRIVATE(DV_LOG));
	return (intptr_t)made;
}
#else
#define call_alloc_dax NULL
#endif

#ifdef DV_HAVE_DAX_DEV_GET
static intptr_t call_dax_dev_get(const struct dv_args *args)
{
	return (intptr_t)dax_dev_get(numbers[device_of(args)]);
}
#else
#define call_dax_dev_get NULL
#endif

#ifdef DV_HAVE_DAX_DEV_FIND
static intptr_t call_dax_dev_find(const struct dv_args *args)
{
	return (intptr_t)dax_dev_find(numbers[device_of(args)]);
}
#else
#define call_dax_dev_find NULL
#endif

#ifdef DV_HAVE_DAX_ADD_HOST
static intptr_t call_dax_add_host(const struct dv_args *args)
{
	return dax_add_host(args->device, &disks[device_of(args)]);
}
#else
#define call_dax_add_host NULL
#endif

#ifdef DV_HAVE_DAX_REMOVE_HOST
static intptr_t call_dax_remove_host(const struct dv_args *args)
{
	dax_remove_host(&disks[device_of(args)]);
	return 0;
}
#else
#define call_dax_remove_host NULL
#endif

#ifdef DV_HAVE_FS_DAX_GET_BY_BDEV
static intptr_t call_bdev_add_partition(const struct dv_args *args)
{
	bdevs[DV_DEVICE].bd_start_sect = args->offset / SECTOR_SIZE;
	bdevs[DV_DEVICE].bd_nr_sectors = args->length / SECTOR_SIZE;
	return 0;
}

static intptr_t call_queue_limits_set(const struct dv_args *args)
{
	queues[DV_DEVICE].dax = 0;
	return 0;
}
#else
#define call_bdev_add_partition NULL
#define call_queue_limits_set NULL
#endif

/* The driver core, with probe and remove of device-dax and fsdev. */
#ifdef DV_HAVE_FSDEV
static bool clears_ops;

static int set_ops(const struct dax_operations *ops)
{
#ifdef DV_HAVE_DAX_SET_OPS
	return dax_set_ops(dax_dev, ops);
#else
	return -EOPNOTSUPP;
#endif
}

static int device_driver_attach(struct device_driver *drv, struct device *dev,
				const struct dax_operations *ops)
{
	int rc = -EBUSY;

	device_lock(dev);
	if (!dev->driver) {
		dev->driver = drv;
		rc = ops ? set_ops(ops) : 0;
		if (rc) {
			dev->driver = NULL;
		} else {
			clears_ops = ops;
			if (drv != &drivers[DV_KMEM].drv)
				run_dax(dax_dev);
		}
	}
	device_unlock(dev);
	return rc;
}

static void device_release_driver(struct device *dev)
{
	device_lock(dev);
	if (dev->driver) {
		kill_dax(dax_dev);
		if (clears_ops)
			set_ops(NULL);
		clears_ops = false;
		dev->driver = NULL;
	}
	device_unlock(dev);
}

static intptr_t call_device_driver_attach(const struct dv_args *args)
{
	return device_driver_attach(&drivers[args->driver].drv,
				    &dev_daxes[DV_DEVICE].dev,
				    device_ops_of(args));
}

static intptr_t call_device_release_driver(const struct dv_args *args)
{
	device_release_driver(&dev_daxes[DV_DEVICE].dev);
	return 0;
}
#else
#define call_device_driver_attach NULL
#define call_device_release_driver NULL
#endif

/*
 * I/O. No call looks at the data. dax_direct_access() returns at most nr_pages:
 * more for each page of the vector than the number of any driver.
 */
#define PAGES_EACH	64

static pgoff_t pgoff_of(const struct dv_args *args)
{
	return args->offset >> PAGE_SHIFT;
}

static long pages_of(const struct dv_args *args)
{
	return (s64)args->length >> PAGE_SHIFT;
}

#ifdef DV_HAVE_DAX_DIRECT_ACCESS
static intptr_t call_dax_direct_access(const struct dv_args *args)
{
	return dax_direct_access(args->device, pgoff_of(args),
				 pages_of(args) * PAGES_EACH, DAX_ACCESS, NULL,
				 NULL);
}
#else
#define call_dax_direct_access NULL
#endif

#ifdef DV_HAVE_DAX_ZERO_PAGE_RANGE
static intptr_t call_dax_zero_page_range(const struct dv_args *args)
{
	return dax_zero_page_range(args->device, pgoff_of(args),
				   pages_of(args));
}
#else
#define call_dax_zero_page_range NULL
#endif

#ifdef DV_HAVE_DAX_RECOVERY_WRITE
static intptr_t call_dax_recovery_write(const struct dv_args *args)
{
	return dax_recovery_write(args->device, pgoff_of(args), NULL, 1,
				  NULL);
}
#else
#define call_dax_recovery_write NULL
#endif

#ifdef DV_HAVE_DAX_COPY_FROM_ITER
static intptr_t call_dax_copy_from_iter(const struct dv_args *args)
{
	return dax_copy_from_iter(args->device, 0, NULL, 1, NULL);
}
#else
#define call_dax_copy_from_iter NULL
#endif

#ifdef DV_HAVE_DAX_COPY_TO_ITER
static intptr_t call_dax_copy_to_iter(const struct dv_args *args)
{
	return dax_copy_to_iter(args->device, 0, NULL, 1, NULL);
}
#else
#define call_dax_copy_to_iter NULL
#endif

static const struct dv_tree tree = {
	.boot = boot,
	.device = device,
	.add_log = add_log,
	.device_size = sizeof(struct dax_device),
	.freed = dv_freed,
	.fields = fields,
	.nr_fields = NR_FIELDS,
	.nr_own = NR_OWN,
	.nr_outside = NR_OUTSIDE,
	.calls = {
		[DV_FS_DAX_GET] = call_fs_dax_get,
		[DV_FS_DAX_GET_BY_BDEV] = call_fs_dax_get_by_bdev,
		[DV_FS_PUT_DAX] = call_fs_put_dax,
		[DV_PUT_DAX] = call_put_dax,
		[DV_KILL_DAX] = call_kill_dax,
		[DV_RUN_DAX] = call_run_dax,
		[DV_DAX_HOLDER_NOTIFY_FAILURE] = call_dax_holder_notify_failure,
		[DV_DAX_HOLDER] = call_dax_holder,
		[DV_DAX_ALIVE] = call_dax_alive,
		[DV_DAX_READ_LOCK] = call_dax_read_lock,
		[DV_DAX_READ_UNLOCK] = call_dax_read_unlock,
		[DV_DAX_GET_PRIVATE] = call_dax_get_private,
		[DV_DAX_SET_OPS] = call_dax_set_ops,
		[DV_ALLOC_DAX] = call_alloc_dax,
		[DV_DAX_DEV_GET] = call_dax_dev_get,
		[DV_DAX_DEV_FIND] = call_dax_dev_find,
		[DV_DAX_ADD_HOST] = call_dax_add_host,
		[DV_DAX_REMOVE_HOST] = call_dax_remove_host,
		[DV_BDEV_ADD_PARTITION] = call_bdev_add_partition,
		[DV_DEVICE_DRIVER_ATTACH] = call_device_driver_attach,
		[DV_DEVICE_RELEASE_DRIVER] = call_device_release_driver,
		[DV_QUEUE_LIMITS_SET] = call_queue_limits_set,
		[DV_DAX_DIRECT_ACCESS] = call_dax_direct_access,
		[DV_DAX_ZERO_PAGE_RANGE] = call_dax_zero_page_range,
		[DV_DAX_RECOVERY_WRITE] = call_dax_recovery_write,
		[DV_DAX_COPY_FROM_ITER] = call_dax_copy_from_iter,
		[DV_DAX_COPY_TO_ITER] = call_dax_copy_to_iter,
	},
	.holders = holders,
	.ops = (char *)ops,
	.ops_size = sizeof(ops[0]),
	.outcomes = &dv_outcomes,
	.clear_members = clear_members,
};

__attribute__((visibility("default")))
const struct dv_tree *dv_bind(const struct dv_machine *machine)
{
	dv_set_machine(machine);
	return &tree;
}
