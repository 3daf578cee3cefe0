// SPDX-License-Identifier: GPL-2.0-only
#include "program.h"

struct dv_program dv_program;

const char *const dv_fn_names[DV_NR_FNS] = {
	[DV_FS_DAX_GET] = "fs_dax_get",
	[DV_FS_DAX_GET_BY_BDEV] = "fs_dax_get_by_bdev",
	[DV_FS_PUT_DAX] = "fs_put_dax",
	[DV_PUT_DAX] = "put_dax",
	[DV_KILL_DAX] = "kill_dax",
	[DV_RUN_DAX] = "run_dax",
	[DV_DAX_HOLDER_NOTIFY_FAILURE] = "dax_holder_notify_failure",
	[DV_DAX_HOLDER] = "dax_holder",
	[DV_DAX_ALIVE] = "dax_alive",
	[DV_DAX_READ_LOCK] = "dax_read_lock",
	[DV_DAX_READ_UNLOCK] = "dax_read_unlock",
	[DV_DAX_GET_PRIVATE] = "dax_get_private",
	[DV_DAX_DEV_GET] = "dax_dev_get",
	[DV_DAX_SET_OPS] = "dax_set_ops",
	[DV_QUEUE_LIMITS_SET] = "queue_limits_set",
	[DV_BDEV_ADD_PARTITION] = "bdev_add_partition",
	[DV_DEVICE_DRIVER_ATTACH] = "device_driver_attach",
	[DV_DEVICE_RELEASE_DRIVER] = "device_release_driver",
	[DV_DAX_DIRECT_ACCESS] = "dax_direct_access",
	[DV_DAX_ZERO_PAGE_RANGE] = "dax_zero_page_range",
	[DV_DAX_RECOVERY_WRITE] = "dax_recovery_write",
	[DV_DAX_COPY_FROM_ITER] = "dax_copy_from_iter",
	[DV_DAX_COPY_TO_ITER] = "dax_copy_to_iter",
};

const char *const dv_driver_names[DV_NR_DRIVERS] = {
	[DV_FSDEV] = "DAXDRV_FSDEV_TYPE",
	[DV_DEVICE_DAX] = "DAXDRV_DEVICE_TYPE",
	[DV_KMEM] = "DAXDRV_KMEM_TYPE",
};
