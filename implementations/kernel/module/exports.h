/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions of super.c that some kernels do not export; NULL there. */
#ifndef DV_EXPORTS_H
#define DV_EXPORTS_H

#include <linux/dax.h>

/* Headers before v7.1 do not declare them. */
int fs_dax_get(struct dax_device *dax_dev, void *holder,
	       const struct dax_holder_operations *ops);
int dax_set_ops(struct dax_device *dax_dev, const struct dax_operations *ops);
struct dax_device *dax_dev_get(dev_t devt);

struct dv_exports {
	typeof(fs_dax_get) *fs_dax_get;
	typeof(dax_set_ops) *dax_set_ops;
	typeof(dax_dev_get) *dax_dev_get;
	typeof(dax_copy_from_iter) *dax_copy_from_iter;
	typeof(dax_copy_to_iter) *dax_copy_to_iter;
};

extern struct dv_exports dv_exports;

void dv_exports_get(void);
void dv_exports_put(void);

#endif
