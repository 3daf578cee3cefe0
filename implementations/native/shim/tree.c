// SPDX-License-Identifier: GPL-2.0-only
/*
 * One translation unit with the tree's own super.c in it, unmodified, so that
 * its private struct and static functions can be reached, and the table that
 * says what of it there is. DV_SUPER_C and the DV_HAVE_... come from probes
 * of that file (probe.ts), never from a version.
 */
#include DV_SUPER_C

#include "kernel.h"

int dv_initcall(void);

static struct dax_device *dax_dev;
static struct request_queue queue = { .dax = 1 };
static struct gendisk disk = { .queue = &queue };
static struct block_device bdev = { .bd_disk = &disk };

/* dax_bus_init() is bus.c's, which is not here. */
int dax_bus_init(void)
{
	return 0;
}

void dax_bus_exit(void)
{
}

/* The holders, and operations of which each knows whose they are. */

static char holders[DV_MAX_HOLDERS];
static struct dax_holder_operations ops[DV_MAX_HOLDERS];

#define EACH_HOLDER(X)							\
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)	\
	X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21)	\
	X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)

#define NOTIFY(n)							\
static int notify_##n(struct dax_device *dev, u64 offset, u64 length,	\
		      int flags)					\
{									\
	return dv_notify(n, offset, length, flags);		\
}
EACH_HOLDER(NOTIFY)

#define OPERATIONS(n) ops[n].notify_failure = notify_##n;

static void mute(int holder)
{
	ops[holder].notify_failure = NULL;
}

/* What fs_dax_get() expects of a device since v7.1: a bound dev_dax. */
#ifdef DV_HAVE_FSDEV
static struct dax_device_driver driver = { .type = DAXDRV_FSDEV_TYPE };
static struct dev_dax dev_dax = { .dev = { .driver = &driver.drv } };
#define PRIVATE	(&dev_dax)
#else
#define PRIVATE	NULL
#endif

static int boot(void)
{
	int rc;

	EACH_HOLDER(OPERATIONS)
	rc = dv_initcall();
	if (rc)
		return rc;
	dax_dev = alloc_dax(PRIVATE, NULL);
	if (IS_ERR_OR_NULL(dax_dev))
		return dax_dev ? PTR_ERR(dax_dev) : -ENOMEM;
#ifdef DV_HAVE_FS_DAX_GET_BY_BDEV
	rc = dax_add_host(dax_dev, &disk);
#endif
	return rc;
}

static char *device(void)
{
	return (char *)dax_dev;
}

static const struct dv_field fields[] = {
	/* In the order of fields in words.ts. */
#define FIELD(member, kind, mask) {					\
	#member, offsetof(struct dax_device, member),			\
	sizeof(((struct dax_device *)NULL)->member), kind, mask }
	FIELD(holder_data, DV_KIND_HOLDER, 0),
	FIELD(holder_ops, DV_KIND_OPS, 0),
	FIELD(flags, DV_KIND_BIT, BIT(DAXDEV_ALIVE)),
	{ "i_count", offsetof(struct dax_device, inode.i_count),
	  sizeof(atomic_t), DV_KIND_COUNT, 0 },
	FIELD(private, DV_KIND_POINTER, 0),
	FIELD(ops, DV_KIND_POINTER, 0),
};

/* The calls that the tree has */

#ifdef DV_HAVE_FS_DAX_GET
static intptr_t call_fs_dax_get(const struct dv_args *args)
{
	return fs_dax_get(dax_dev, args->holder, args->ops);
}
#else
#define call_fs_dax_get NULL
#endif

#ifdef DV_HAVE_FS_DAX_GET_BY_BDEV
static intptr_t call_fs_dax_get_by_bdev(const struct dv_args *args)
{
	u64 start;

	return (intptr_t)fs_dax_get_by_bdev(&bdev, &start, args->holder,
					    args->ops);
}
#else
#define call_fs_dax_get_by_bdev NULL
#endif

#ifdef DV_HAVE_FS_PUT_DAX
static intptr_t call_fs_put_dax(const struct dv_args *args)
{
	fs_put_dax(dax_dev, args->holder);
	return 0;
}
#else
#define call_fs_put_dax NULL
#endif

#ifdef DV_HAVE_PUT_DAX
static intptr_t call_put_dax(const struct dv_args *args)
{
	put_dax(dax_dev);
	return 0;
}
#else
#define call_put_dax NULL
#endif

#ifdef DV_HAVE_KILL_DAX
static intptr_t call_kill_dax(const struct dv_args *args)
{
	kill_dax(dax_dev);
	return 0;
}
#else
#define call_kill_dax NULL
#endif

#ifdef DV_HAVE_RUN_DAX
static intptr_t call_run_dax(const struct dv_args *args)
{
	run_dax(dax_dev);
	return 0;
}
#else
#define call_run_dax NULL
#endif

#ifdef DV_HAVE_DAX_HOLDER_NOTIFY_FAILURE
static intptr_t call_dax_holder_notify_failure(const struct dv_args *args)
{
	return dax_holder_notify_failure(dax_dev, args->offset, args->length,
					 args->flags);
}
#else
#define call_dax_holder_notify_failure NULL
#endif

#ifdef DV_HAVE_DAX_HOLDER
static intptr_t call_dax_holder(const struct dv_args *args)
{
	return (intptr_t)dax_holder(dax_dev);
}
#else
#define call_dax_holder NULL
#endif

static const struct dv_tree tree = {
	.boot = boot,
	.device = device,
	.device_size = sizeof(struct dax_device),
	.freed = dv_freed,
	.fields = fields,
	.nr_fields = ARRAY_SIZE(fields),
	.calls = {
		[DV_FS_DAX_GET] = call_fs_dax_get,
		[DV_FS_DAX_GET_BY_BDEV] = call_fs_dax_get_by_bdev,
		[DV_FS_PUT_DAX] = call_fs_put_dax,
		[DV_PUT_DAX] = call_put_dax,
		[DV_KILL_DAX] = call_kill_dax,
		[DV_RUN_DAX] = call_run_dax,
		[DV_DAX_HOLDER_NOTIFY_FAILURE] = call_dax_holder_notify_failure,
		[DV_DAX_HOLDER] = call_dax_holder,
	},
	.holders = holders,
	.ops = (char *)ops,
	.ops_size = sizeof(ops[0]),
	.mute = mute,
};

__attribute__((visibility("default")))
const struct dv_tree *dv_bind(const struct dv_machine *machine)
{
	dv_attach(machine);
	return &tree;
}
