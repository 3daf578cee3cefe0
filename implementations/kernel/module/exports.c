// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "exports.h"
#include "lookup.h"

struct dv_exports dv_exports;

#ifdef DV_SUPER
/* super.ts defines DV_HAVE_NAME for each function that the tree exports. */
void dv_exports_get(void)
{
#ifdef DV_HAVE_fs_dax_get
	dv_exports.fs_dax_get = fs_dax_get;
#endif
#ifdef DV_HAVE_dax_set_ops
	dv_exports.dax_set_ops = dax_set_ops;
#endif
#ifdef DV_HAVE_dax_dev_get
	dv_exports.dax_dev_get = dax_dev_get;
#endif
	dv_exports.dax_copy_from_iter = dax_copy_from_iter;
	dv_exports.dax_copy_to_iter = dax_copy_to_iter;
}

void dv_exports_put(void)
{
}
#else
void dv_exports_get(void)
{
	dv_exports.fs_dax_get = symbol_get(fs_dax_get);
	dv_exports.dax_set_ops = symbol_get(dax_set_ops);
	dv_exports.dax_dev_get = symbol_get(dax_dev_get);
	/* Not exported: super.c and their callers are built in. */
	dv_exports.dax_copy_from_iter = dv_look_up("dax_copy_from_iter");
	dv_exports.dax_copy_to_iter = dv_look_up("dax_copy_to_iter");
}

void dv_exports_put(void)
{
	if (dv_exports.fs_dax_get)
		symbol_put(fs_dax_get);
	if (dv_exports.dax_set_ops)
		symbol_put(dax_set_ops);
	if (dv_exports.dax_dev_get)
		symbol_put(dax_dev_get);
	memset(&dv_exports, 0, sizeof(dv_exports));
}
#endif
