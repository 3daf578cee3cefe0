// SPDX-License-Identifier: GPL-2.0-only
/*
 * Includes the tree's super.c, unmodified, to reach its private struct and its
 * static functions, and fills in struct dv_tree. This file and those of tree/
 * are one unit, whose accesses are instrumented too. The runner defines
 * DV_SUPER_C and, for each call that it finds in that file, DV_HAVE_...
 * (probe.ts).
 */
#include DV_SUPER_C

#include "shim.h"

int dv_initcall(void);

#include "tree/devices.c"
#include "tree/holders.c"
#include "tree/calls.c"
#include "tree/driver_core.c"
#include "tree/access.c"

/* Defined in bus.c, which is not compiled. */
int dax_bus_init(void)
{
	return 0;
}

void dax_bus_exit(void)
{
}

/* A function of the tree may return anything; the runner expects an error. */
static int error_of(int rc)
{
	return rc > 0 || rc < -MAX_ERRNO ? -EINVAL : rc;
}

static int boot_tree(void)
{
	int rc;

	EACH_HOLDER(OPERATIONS)
	rc = dv_initcall();
	if (rc)
		return error_of(rc);
	dax_dev = ALLOC_DAX(DV_DEVICE, DEVICE_OPS);
	if (IS_ERR_OR_NULL(dax_dev))
		return dax_dev ? PTR_ERR(dax_dev) : -ENOMEM;
	dv_returned(dax_dev);
	dv_event_bit = DAXDEV_ALIVE;
	numbers[DV_DEVICE] = dax_dev->inode.i_rdev;
	/* alloc_dax() gives the next device the next number. */
	numbers[DV_LOG] = numbers[DV_DEVICE] + 1;
	place_fields();
#ifdef DV_HAVE_DAX_ADD_HOST
	rc = dax_add_host(dax_dev, &disks[DV_DEVICE]);
#endif
	return error_of(rc);
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
	dv_returned(log);
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
