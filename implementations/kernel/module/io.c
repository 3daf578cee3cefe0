// SPDX-License-Identifier: GPL-2.0-only
/* Calls that read and write the memory of the device: one page, or one byte. */
#include <linux/uio.h>

#include "exports.h"
#include "io.h"

/* Pages that a caller can handle; more than drivers return. */
#define PAGES	64

/* Before 6.2. */
#ifndef ITER_SOURCE
#define ITER_SOURCE	WRITE
#define ITER_DEST	READ
#endif

long dv_direct_access(struct dax_device *dax_dev)
{
	return dax_direct_access(dax_dev, 0, PAGES, DAX_ACCESS, NULL, NULL);
}

long dv_zero_page_range(struct dax_device *dax_dev)
{
	return dax_zero_page_range(dax_dev, 0, 1);
}

long dv_recovery_write(struct dax_device *dax_dev)
{
	return dax_recovery_write(dax_dev, 0, NULL, 1, NULL);
}

long dv_copy_from_iter(struct dax_device *dax_dev)
{
	char source = 0, page = 0;
	struct kvec vec = { .iov_base = &source, .iov_len = 1 };
	struct iov_iter iter;

	iov_iter_kvec(&iter, ITER_SOURCE, &vec, 1, 1);
	return dv_exports.dax_copy_from_iter(dax_dev, 0, &page, 1, &iter);
}

long dv_copy_to_iter(struct dax_device *dax_dev)
{
	char page = 0, destination = 0;
	struct kvec vec = { .iov_base = &destination, .iov_len = 1 };
	struct iov_iter iter;

	iov_iter_kvec(&iter, ITER_DEST, &vec, 1, 1);
	return dv_exports.dax_copy_to_iter(dax_dev, 0, &page, 1, &iter);
}
