// SPDX-License-Identifier: GPL-2.0-only
/* Calls of the tree's functions, but for accesses. */

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

	dv_returned(made);
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
	struct dax_device *found = dax_dev_get(numbers[device_of(args)]);

	dv_returned(found);
	return (intptr_t)found;
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
