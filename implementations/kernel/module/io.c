// SPDX-License-Identifier: GPL-2.0-only
/* Calls that read and write the memory of the device. */
#include <linux/uio.h>

#include "exports.h"
#include "io.h"

/*
 * dax_direct_access() returns at most nr_pages: more for each page of the vector
 * than the number of any driver.
 */
#define PAGES_EACH	64

/* Before 6.2. */
#ifndef ITER_SOURCE
#define ITER_SOURCE	WRITE
#define ITER_DEST	READ
#endif

long dv_direct_access(struct dax_device *dax_dev, u64 offset, u64 length)
{
	long pages = ((s64)length >> PAGE_SHIFT) * PAGES_EACH;

	return dax_direct_access(dax_dev, offset >> PAGE_SHIFT, pages,
				 DAX_ACCESS, NULL, NULL);
}

long dv_zero_page_range(struct dax_device *dax_dev, u64 offset, u64 length)
{
	return dax_zero_page_range(dax_dev, offset >> PAGE_SHIFT,
				   length >> PAGE_SHIFT);
}

long dv_recovery_write(struct dax_device *dax_dev, u64 offset)
{
	return dax_recovery_write(dax_dev, offset >> PAGE_SHIFT, NULL, 1, NULL);
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
