// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holders and the operations of drivers. Each holder has its own
 * notify_failure(), which passes its number.
 */

static char holders[DV_MAX_HOLDERS];
static struct dax_holder_operations ops[DV_MAX_HOLDERS];
/* Of drivers: holder i is driver i. */
static struct dax_operations device_ops[DV_MAX_HOLDERS];

#define EACH_HOLDER(X)							\
	X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)	\
	X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21)	\
	X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)

#define NOTIFY(n)							\
static int notify_##n(struct dax_device *dev, u64 offset, u64 length,	\
		      int flags)					\
{									\
	return dv_notify(n, dev, offset, length, flags);		\
}
EACH_HOLDER(NOTIFY)

/* Pages of a driver's memory, as many as the disk has. */
#define DEVICE_PAGES	256

/*
 * Operations of driver n return n + 1, from which the runner names it; past the
 * end of its memory there is nothing to access.
 */
#define DRIVER_OPERATIONS(n)						\
static long direct_access_##n(struct dax_device *dev, pgoff_t pgoff)	\
{									\
	return pgoff < DEVICE_PAGES ? n + 1 : 0;			\
}									\
static int zero_page_range_##n(struct dax_device *dev, pgoff_t pgoff,	\
			       size_t pages)				\
{									\
	return pgoff < DEVICE_PAGES ? n + 1 : -EIO;			\
}									\
static size_t recovery_write_##n(struct dax_device *dev, pgoff_t pgoff,	\
				 void *addr, size_t bytes,		\
				 struct iov_iter *iter)			\
{									\
	return pgoff < DEVICE_PAGES ? n + 1 : 0;			\
}
EACH_HOLDER(DRIVER_OPERATIONS)

/* The last argument of direct_access() has a type that differs by tree. */
#define OPERATIONS(n)							\
	ops[n].notify_failure = notify_##n;				\
	device_ops[n].direct_access = (void *)direct_access_##n;	\
	device_ops[n].zero_page_range = zero_page_range_##n;		\
	device_ops[n].recovery_write = recovery_write_##n;

static void clear_members(int holder, int members)
{
	if (members & DV_NOTIFY_FAILURE)
		ops[holder].notify_failure = NULL;
	if (members & DV_DIRECT_ACCESS)
		device_ops[holder].direct_access = NULL;
	if (members & DV_ZERO_PAGE_RANGE)
		device_ops[holder].zero_page_range = NULL;
	if (members & DV_RECOVERY_WRITE)
		device_ops[holder].recovery_write = NULL;
}

/* The dax_operations of the driver whose name the call gives. */
static const struct dax_operations *device_ops_of(const struct dv_args *args)
{
	const struct dax_holder_operations *of = args->ops;

	return of ? device_ops + (of - ops) : NULL;
}

/* The device's own operations, for a tree whose fs_dax_get() needs some. */
#ifdef DV_NEEDS_DEVICE_OPS
static int zero_page_range(struct dax_device *dev, pgoff_t pgoff, size_t pages)
{
	return 0;
}

static const struct dax_operations device_operations = {
	.zero_page_range = zero_page_range,
};
#define DEVICE_OPS	(&device_operations)
#else
#define DEVICE_OPS	NULL
#endif
