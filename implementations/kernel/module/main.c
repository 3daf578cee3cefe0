// SPDX-License-Identifier: GPL-2.0-only
/* Loads and unloads the module, layer by layer. */
#include <linux/module.h>

#include "chardev.h"
#include "device.h"
#include "lookup.h"
#include "observe.h"
#include "output.h"
#include "super.h"
#include "thread.h"

static int __init dax_vectors_init(void)
{
	int rc;

	rc = dv_output_start();
	if (rc)
		return rc;
	dv_lookup_start();
	rc = dv_super_start();
	if (rc)
		goto err_output;
	rc = dv_threads_start();
	if (rc)
		goto err_super;
	rc = dv_devices_create();
	if (rc)
		goto err_threads;
	rc = dv_observe_start();
	if (rc)
		goto err_devices;
	rc = dv_chardev_start();
	if (rc)
		goto err_observe;
	return 0;

err_observe:
	dv_observe_stop();
err_devices:
	dv_devices_destroy();
err_threads:
	dv_threads_stop();
err_super:
	dv_super_stop();
err_output:
	dv_output_stop();
	return rc;
}

static void __exit dax_vectors_exit(void)
{
	dv_chardev_stop();
	dv_observe_stop();
	dv_threads_stop();
	dv_devices_destroy();
	dv_super_stop();
	dv_output_stop();
}

module_init(dax_vectors_init);
module_exit(dax_vectors_exit);
MODULE_DESCRIPTION("Drives the dax_device holder protocol through a schedule");
MODULE_LICENSE("GPL");
