/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls that access the memory of the device. */
#ifndef DV_IO_H
#define DV_IO_H

#include <linux/dax.h>

/* In bytes. Each returns what the driver's operation returns, or an error. */
long dv_direct_access(struct dax_device *dax_dev, u64 offset, u64 length);
long dv_zero_page_range(struct dax_device *dax_dev, u64 offset, u64 length);
/* Each returns the bytes that were written or read. */
long dv_recovery_write(struct dax_device *dax_dev, u64 offset);
long dv_copy_from_iter(struct dax_device *dax_dev);
long dv_copy_to_iter(struct dax_device *dax_dev);

#endif
