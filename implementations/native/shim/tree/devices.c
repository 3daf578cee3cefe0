// SPDX-License-Identifier: GPL-2.0-only
/* The devices: disks, numbers, driver data and the fields that are watched. */

static struct dax_device *dax_dev;	/* the first device */

/* By device: its disk and its number. */
static struct request_queue queues[DV_NR_DEVICES] = { { 1 }, { 1 } };
static struct gendisk disks[DV_NR_DEVICES] = {
	{ .queue = &queues[DV_DEVICE], .disk_name = "disk" },
	{ .queue = &queues[DV_LOG], .disk_name = "log" },
};
static struct block_device bdevs[DV_NR_DEVICES] = {
	{ .bd_disk = &disks[DV_DEVICE], .bd_nr_sectors = 2048 },
	{ .bd_disk = &disks[DV_LOG], .bd_nr_sectors = 2048 },
};
static dev_t numbers[DV_NR_DEVICES];

/* The device whose disk or number a call takes. */
static int device_of(const struct dv_args *args)
{
	return dv_device_at(args->device) == DV_LOG ? DV_LOG : DV_DEVICE;
}
/* Driver data of devices. fs_dax_get() needs a bound dev_dax since v7.1. */
#ifdef DV_HAVE_FSDEV
static struct dax_device_driver drivers[DV_NR_DRIVERS] = {
	[DV_FSDEV] = { .type = DAXDRV_FSDEV_TYPE },
	[DV_DEVICE_DAX] = { .type = DAXDRV_DEVICE_TYPE },
	[DV_KMEM] = { .type = DAXDRV_KMEM_TYPE },
};
static struct dev_dax dev_daxes[DV_NR_DEVICES] = {
	{ .dev = { .driver = &drivers[DV_FSDEV].drv } },
	{ .dev = { .driver = &drivers[DV_FSDEV].drv,
		   .mutex = { .name = "log.device_lock" } } },
};
#define PRIVATE(i)	(&dev_daxes[i])
#define DRIVER(i)	(&dev_daxes[i].dev.driver)
#else
static void *no_drivers[DV_NR_DEVICES];
#define PRIVATE(i)	(&no_drivers[i])
#define DRIVER(i)	(&no_drivers[i])
#endif

#ifdef DV_HAVE_DAX_ADD_HOST
#define HOST(i)	(&dax_hosts.entry[i])
#else
static void *no_hosts[DV_NR_DEVICES];
#define HOST(i)	(&no_hosts[i])
#endif

/* In the order of fields in abi.ts. */
static struct dv_field fields[] = {
#define FIELD(i, member, kind, mask) {					\
	#member, i * DV_DEVICE_STRIDE + offsetof(struct dax_device, member), \
	sizeof(((struct dax_device *)NULL)->member), kind, mask }
#define DEVICE_FIELDS(i)						\
	FIELD(i, holder_data, DV_KIND_HOLDER, 0),			\
	FIELD(i, holder_ops, DV_KIND_OPS, 0),				\
	FIELD(i, flags, DV_KIND_BIT, BIT(DAXDEV_ALIVE)),		\
	FIELD(i, inode.i_count.counter, DV_KIND_COUNT, 0),		\
	FIELD(i, private, DV_KIND_POINTER, 0),				\
	FIELD(i, ops, DV_KIND_POINTER, 0)
	DEVICE_FIELDS(DV_DEVICE),
	DEVICE_FIELDS(DV_LOG),
	/* Outside of devices; boot() sets the offsets. */
	{ "driver", 0, sizeof(void *), DV_KIND_POINTER, 0 },
	{ "log.driver", 0, sizeof(void *), DV_KIND_POINTER, 0 },
	{ "dax_minor_ida", 0, sizeof(int), DV_KIND_COUNT, 0 },
	{ "dax_hosts", 0, sizeof(void *), DV_KIND_POINTER, 0 },
	{ "log.dax_hosts", 0, sizeof(void *), DV_KIND_POINTER, 0 },
};
#define NR_FIELDS	ARRAY_SIZE(fields)
#define NR_OUTSIDE	5
#define NR_OWN		((NR_FIELDS - NR_OUTSIDE) / DV_NR_DEVICES)

/* Sets the offsets of the fields outside of devices. */
static void place_fields(void)
{
	void *const outside[] = {
		DRIVER(DV_DEVICE), DRIVER(DV_LOG), &dax_minor_ida,
		HOST(DV_DEVICE), HOST(DV_LOG),
	};
	int i;

	for (i = 0; i < NR_OUTSIDE; i++)
		fields[NR_FIELDS - NR_OUTSIDE + i].offset =
			(char *)outside[i] - (char *)dax_dev;
}

#ifdef DV_ALLOC_DAX_ARGUMENTS
#define ALLOC_DAX(i, ops) alloc_dax(PRIVATE(i), disks[i].disk_name, ops, 0)
#else
#define ALLOC_DAX(i, ops) alloc_dax(PRIVATE(i), ops)
#endif

#ifdef DV_HAVE_FS_DAX_GET_BY_BDEV
static intptr_t call_bdev_add_partition(const struct dv_args *args)
{
	bdevs[DV_DEVICE].bd_start_sect = args->offset / SECTOR_SIZE;
	bdevs[DV_DEVICE].bd_nr_sectors = args->length / SECTOR_SIZE;
	return 0;
}

static intptr_t call_queue_limits_set(const struct dv_args *args)
{
	queues[DV_DEVICE].dax = 0;
	return 0;
}
#else
#define call_bdev_add_partition NULL
#define call_queue_limits_set NULL
#endif
