// SPDX-License-Identifier: GPL-2.0-only
#include <linux/blk_types.h>

#include "operations.h"

/* Pages of a driver's memory, as many as the disk has. */
#define DEVICE_PAGES	(DV_DISK_SECTORS >> (PAGE_SHIFT - SECTOR_SHIFT))

/*
 * Operations of driver n return n + 1, from which value.c names it; past the
 * end of its memory there is nothing to access.
 */
#define DRIVER(n)							\
enum { RESULT_##n = (n) + 1 };						\
									\
static long direct_access_##n(struct dax_device *dev, pgoff_t pgoff)	\
{									\
	return pgoff < DEVICE_PAGES ? RESULT_##n : 0;			\
}									\
									\
static int zero_page_range_##n(struct dax_device *dev, pgoff_t pgoff,	\
			       size_t pages)				\
{									\
	return pgoff < DEVICE_PAGES ? RESULT_##n : -EIO;		\
}									\
									\
static size_t recovery_write_##n(struct dax_device *dev, pgoff_t pgoff,	\
				 void *addr, size_t bytes,		\
				 struct iov_iter *iter)			\
{									\
	return pgoff < DEVICE_PAGES ? RESULT_##n : 0;			\
}

DRIVER(0)
DRIVER(1)
DRIVER(2)
DRIVER(3)
DRIVER(4)
DRIVER(5)
DRIVER(6)
DRIVER(7)
DRIVER(8)
DRIVER(9)
DRIVER(10)
DRIVER(11)
DRIVER(12)
DRIVER(13)
DRIVER(14)
DRIVER(15)

/* The last argument of direct_access() has a type that differs by kernel. */
#define OPERATIONS(n) {							\
	.direct_access = (void *)direct_access_##n,			\
	.zero_page_range = zero_page_range_##n,				\
	.recovery_write = recovery_write_##n,				\
}

static const struct dax_operations all_operations[DV_MAX_HOLDERS] = {
	OPERATIONS(0), OPERATIONS(1), OPERATIONS(2),
	OPERATIONS(3), OPERATIONS(4), OPERATIONS(5),
	OPERATIONS(6), OPERATIONS(7), OPERATIONS(8),
	OPERATIONS(9), OPERATIONS(10), OPERATIONS(11),
	OPERATIONS(12), OPERATIONS(13), OPERATIONS(14),
	OPERATIONS(15),
};

struct dax_operations dv_operations[DV_MAX_HOLDERS];

void dv_operations_reset(void)
{
	memcpy(dv_operations, all_operations, sizeof(all_operations));
}

bool dv_operation_remove(int holder, const char *member)
{
	struct dax_operations *operations = &dv_operations[holder];

	if (!strcmp(member, "direct_access"))
		operations->direct_access = NULL;
	else if (!strcmp(member, "zero_page_range"))
		operations->zero_page_range = NULL;
	else if (!strcmp(member, "recovery_write"))
		operations->recovery_write = NULL;
	else
		return false;
	return true;
}
