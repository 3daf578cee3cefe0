// SPDX-License-Identifier: GPL-2.0-only
/*
 * The holder protocol of drivers/dax as merged upstream (7ae9d15bdcde,
 * 7a6db2eb6d5d), reimplemented from its contract with the access order of the
 * kernel's file and nothing else. The folder has the layout of a kernel tree,
 * so that the runner compiles and runs it like one.
 */
#include <linux/blkdev.h>
#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pseudo_fs.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/uio.h>
#include <linux/xarray.h>
#include "bus.h"
#include "dax-private.h"

/**
 * struct dax_device - the device of the holder protocol
 * @inode: carries the reference count
 * @private: driver data
 * @flags: DAXDEV_ALIVE
 * @ops: the driver's operations
 * @holder_data: the holder, claimed with cmpxchg() from NULL
 * @holder_ops: callbacks of the holder; stored after @holder_data
 */
struct dax_device {
	struct inode inode;
	void *private;
	unsigned long flags;
	const struct dax_operations *ops;
	void *holder_data;
	const struct dax_holder_operations *holder_ops;
};

enum dax_device_flags {
	DAXDEV_ALIVE,
};

DEFINE_STATIC_SRCU(dax_srcu);
static DEFINE_XARRAY(dax_hosts);
static DEFINE_IDA(dax_minor_ida);
static struct super_block *dax_superblock;
static struct kmem_cache *dax_cache;

bool dax_alive(struct dax_device *dax_dev)
{
	return test_bit(DAXDEV_ALIVE, &dax_dev->flags);
}
EXPORT_SYMBOL_GPL(dax_alive);

int dax_read_lock(void)
{
	return srcu_read_lock(&dax_srcu);
}
EXPORT_SYMBOL_GPL(dax_read_lock);

void dax_read_unlock(int id)
{
	srcu_read_unlock(&dax_srcu, id);
}
EXPORT_SYMBOL_GPL(dax_read_unlock);

/**
 * dax_get_private() - driver data that alloc_dax() was given
 * @dax_dev: the device
 *
 * Return: the data, or NULL for a dead device.
 */
void *dax_get_private(struct dax_device *dax_dev)
{
	return dax_alive(dax_dev) ? dax_dev->private : NULL;
}
EXPORT_SYMBOL_GPL(dax_get_private);

/* Claim and release */

/* Is the device bound to a driver for file systems? */
static int dax_check_driver(struct dev_dax *dev_dax)
{
	int rc = 0;

	if (!dev_dax)
		return -ENODEV;
	device_lock(&dev_dax->dev);
	if (!dev_dax->dev.driver)
		rc = -ENODEV;
	else if (to_dax_drv(dev_dax->dev.driver)->type != DAXDRV_FSDEV_TYPE)
		rc = -EOPNOTSUPP;
	device_unlock(&dev_dax->dev);
	return rc;
}

/**
 * fs_dax_get() - claim a dax_device
 * @dax_dev: the device
 * @holder: the new holder
 * @hops: the holder's operations
 *
 * The claim is outside of the read section and the device lock, so kill_dax()
 * may finish between them and the claim.
 *
 * Return: 0, -ENODEV for a device that is dead or has no driver, -EOPNOTSUPP
 * for one whose driver does not serve file systems, -EBUSY for a held one.
 */
int fs_dax_get(struct dax_device *dax_dev, void *holder,
	       const struct dax_holder_operations *hops)
{
	int rc, id = dax_read_lock();

	if (!dax_dev || !dax_alive(dax_dev) || !igrab(&dax_dev->inode)) {
		dax_read_unlock(id);
		return -ENODEV;
	}
	dax_read_unlock(id);

	rc = dax_check_driver(dax_get_private(dax_dev));
	if (!rc && cmpxchg(&dax_dev->holder_data, NULL, holder))
		rc = -EBUSY;
	if (rc) {
		iput(&dax_dev->inode);
		return rc;
	}
	dax_dev->holder_ops = hops;
	return 0;
}
EXPORT_SYMBOL_GPL(fs_dax_get);

/**
 * fs_dax_get_by_bdev() - find the dax_device of a disk and claim it
 * @bdev: the block device
 * @start_off: set to the start of @bdev on the device, in bytes
 * @holder: the new holder; NULL to take a reference only
 * @ops: the holder's operations
 *
 * The claim is inside the read section. A failed claim keeps its reference, as
 * it does upstream.
 *
 * Return: the device, or NULL. A disk whose queue has no DAX and a partition that is
 * not aligned to pages have no device.
 */
struct dax_device *fs_dax_get_by_bdev(struct block_device *bdev, u64 *start_off,
				      void *holder,
				      const struct dax_holder_operations *ops)
{
	struct dax_device *dax_dev;
	u64 size;
	int id;

	if (!blk_queue_dax(bdev->bd_disk->queue))
		return NULL;
	*start_off = get_start_sect(bdev) * SECTOR_SIZE;
	size = bdev_nr_sectors(bdev) * SECTOR_SIZE;
	if (*start_off % PAGE_SIZE || size % PAGE_SIZE)
		return NULL;

	id = dax_read_lock();
	dax_dev = xa_load(&dax_hosts, (unsigned long)bdev->bd_disk);
	if (!dax_dev || !dax_alive(dax_dev) || !igrab(&dax_dev->inode))
		dax_dev = NULL;
	else if (holder && cmpxchg(&dax_dev->holder_data, NULL, holder))
		dax_dev = NULL;
	else if (holder)
		dax_dev->holder_ops = ops;
	dax_read_unlock(id);
	return dax_dev;
}
EXPORT_SYMBOL_GPL(fs_dax_get_by_bdev);

/**
 * fs_put_dax() - release a claim and its reference
 * @dax_dev: the device
 * @holder: its holder; NULL to drop a reference only
 *
 * Clears the operations first: once holder_data is NULL, the next holder may
 * store its own. kill_dax() may have cleared both before.
 */
void fs_put_dax(struct dax_device *dax_dev, void *holder)
{
	if (dax_dev && holder) {
		void *prev;

		WRITE_ONCE(dax_dev->holder_ops, NULL);
		prev = cmpxchg(&dax_dev->holder_data, holder, NULL);
		WARN_ON(prev && prev != holder);
	}
	put_dax(dax_dev);
}
EXPORT_SYMBOL_GPL(fs_put_dax);

/**
 * dax_holder() - the holder of a device
 * @dax_dev: the device
 *
 * Return: the holder, valid only until it releases, or NULL.
 */
void *dax_holder(struct dax_device *dax_dev)
{
	return dax_dev->holder_data;
}
EXPORT_SYMBOL_GPL(dax_holder);

/* Failure and removal */

/**
 * dax_holder_notify_failure() - notify the holder of a memory failure
 * @dax_dev: the device
 * @off: start of the failed range, in bytes
 * @len: length of the failed range, in bytes
 * @mf_flags: enum mf_flags
 *
 * Reads holder_ops once: fs_put_dax() may clear it at any time.
 *
 * Return: the holder's return value; -ENXIO for a dead device; -EOPNOTSUPP
 * for a device without holder operations.
 */
int dax_holder_notify_failure(struct dax_device *dax_dev, u64 off, u64 len,
			      int mf_flags)
{
	const struct dax_holder_operations *ops;
	int rc = -ENXIO, id = dax_read_lock();

	if (dax_alive(dax_dev)) {
		ops = READ_ONCE(dax_dev->holder_ops);
		rc = ops ? ops->notify_failure(dax_dev, off, len, mf_flags) :
			   -EOPNOTSUPP;
	}
	dax_read_unlock(id);
	return rc;
}
EXPORT_SYMBOL_GPL(dax_holder_notify_failure);

/**
 * kill_dax() - remove a device under its holder
 * @dax_dev: the device
 *
 * Notifies the holder, makes the device dead, and waits for the readers that
 * saw it alive.
 */
void kill_dax(struct dax_device *dax_dev)
{
	if (!dax_dev)
		return;

	if (dax_dev->holder_data)
		dax_holder_notify_failure(dax_dev, 0, U64_MAX,
					  MF_MEM_PRE_REMOVE);

	clear_bit(DAXDEV_ALIVE, &dax_dev->flags);
	synchronize_srcu(&dax_srcu);

	dax_dev->holder_ops = NULL;
	dax_dev->holder_data = NULL;
}
EXPORT_SYMBOL_GPL(kill_dax);

/**
 * run_dax() - make a device alive
 * @dax_dev: the device
 */
void run_dax(struct dax_device *dax_dev)
{
	set_bit(DAXDEV_ALIVE, &dax_dev->flags);
}
EXPORT_SYMBOL_GPL(run_dax);

/*
 * Access to the memory. Operations are read again for the call: the caller is
 * in a read section, for which kill_dax() waits before a driver clears them.
 */

long dax_direct_access(struct dax_device *dax_dev, pgoff_t pgoff, long nr_pages,
		       enum dax_access_mode mode, void **kaddr,
		       unsigned long *pfn)
{
	long pages;

	if (!dax_dev)
		return -EOPNOTSUPP;
	if (!dax_alive(dax_dev))
		return -ENXIO;
	if (!dax_dev->ops)
		return -EOPNOTSUPP;
	if (nr_pages < 0)
		return -EINVAL;
	pages = dax_dev->ops->direct_access(dax_dev, pgoff, nr_pages, mode,
					    kaddr, pfn);
	return pages ? min(pages, nr_pages) : -ERANGE;
}
EXPORT_SYMBOL_GPL(dax_direct_access);

int dax_zero_page_range(struct dax_device *dax_dev, pgoff_t pgoff,
			size_t nr_pages)
{
	if (!dax_alive(dax_dev))
		return -ENXIO;
	if (!dax_dev->ops)
		return -EOPNOTSUPP;
	if (nr_pages != 1)
		return -EIO;
	return dax_dev->ops->zero_page_range(dax_dev, pgoff, nr_pages);
}
EXPORT_SYMBOL_GPL(dax_zero_page_range);

size_t dax_recovery_write(struct dax_device *dax_dev, pgoff_t pgoff, void *addr,
			  size_t bytes, struct iov_iter *iter)
{
	if (!dax_dev->ops || !dax_dev->ops->recovery_write)
		return 0;
	return dax_dev->ops->recovery_write(dax_dev, pgoff, addr, bytes, iter);
}
EXPORT_SYMBOL_GPL(dax_recovery_write);

size_t dax_copy_from_iter(struct dax_device *dax_dev, pgoff_t pgoff, void *addr,
			  size_t bytes, struct iov_iter *i)
{
	return dax_alive(dax_dev) ? _copy_from_iter(addr, bytes, i) : 0;
}

size_t dax_copy_to_iter(struct dax_device *dax_dev, pgoff_t pgoff, void *addr,
			size_t bytes, struct iov_iter *i)
{
	return dax_alive(dax_dev) ? _copy_to_iter(addr, bytes, i) : 0;
}

/* Allocation and release of a device */

static struct inode *dax_alloc_inode(struct super_block *sb)
{
	struct dax_device *dax_dev = alloc_inode_sb(sb, dax_cache, GFP_KERNEL);

	return dax_dev ? &dax_dev->inode : NULL;
}

static void dax_destroy_inode(struct inode *inode)
{
	struct dax_device *dax_dev =
		container_of(inode, struct dax_device, inode);

	WARN_ONCE(dax_alive(dax_dev), "the last reference of a live device");
}

static void dax_free_inode(struct inode *inode)
{
	ida_free(&dax_minor_ida, iminor(inode));
	kmem_cache_free(dax_cache,
			container_of(inode, struct dax_device, inode));
}

static const struct super_operations dax_sops = {
	.alloc_inode = dax_alloc_inode,
	.destroy_inode = dax_destroy_inode,
	.free_inode = dax_free_inode,
};

static int dax_test(struct inode *inode, void *data)
{
	return inode->i_rdev == *(dev_t *)data;
}

static int dax_set(struct inode *inode, void *data)
{
	inode->i_rdev = *(dev_t *)data;
	return 0;
}

/**
 * dax_dev_get() - look up the device with a device number
 * @devt: the device number
 *
 * Allocates the device if there is none, alive and without a driver.
 *
 * Return: the device with a reference, alive or not; NULL if out of memory.
 */
struct dax_device *dax_dev_get(dev_t devt)
{
	struct dax_device *dax_dev;
	struct inode *inode;

	inode = iget5_locked(dax_superblock, devt, dax_test, dax_set, &devt);
	if (!inode)
		return NULL;
	dax_dev = container_of(inode, struct dax_device, inode);
	if (inode_state_read_once(inode) & I_NEW) {
		set_bit(DAXDEV_ALIVE, &dax_dev->flags);
		unlock_new_inode(inode);
	}
	return dax_dev;
}
EXPORT_SYMBOL_GPL(dax_dev_get);

/**
 * alloc_dax() - allocate a device
 * @private: driver data
 * @ops: the driver's operations
 *
 * Return: the device, alive, or an ERR_PTR(): operations must have
 * zero_page_range.
 */
struct dax_device *alloc_dax(void *private, const struct dax_operations *ops)
{
	struct dax_device *dax_dev;
	int minor;

	if (WARN_ON_ONCE(ops && !ops->zero_page_range))
		return ERR_PTR(-EINVAL);
	minor = ida_alloc_max(&dax_minor_ida, MINORMASK, GFP_KERNEL);
	if (minor < 0)
		return ERR_PTR(-ENOMEM);
	dax_dev = dax_dev_get(MKDEV(0, minor));
	if (!dax_dev) {
		ida_free(&dax_minor_ida, minor);
		return ERR_PTR(-ENOMEM);
	}
	dax_dev->ops = ops;
	dax_dev->private = private;
	return dax_dev;
}
EXPORT_SYMBOL_GPL(alloc_dax);

/**
 * dax_set_ops() - set the driver's operations of a device, or clear them
 * @dax_dev: the device
 * @ops: the operations; NULL to clear
 *
 * Return: 0, or -EBUSY if the device has operations.
 */
int dax_set_ops(struct dax_device *dax_dev, const struct dax_operations *ops)
{
	if (ops)
		return cmpxchg(&dax_dev->ops, NULL, ops) ? -EBUSY : 0;
	dax_dev->ops = NULL;
	return 0;
}
EXPORT_SYMBOL_GPL(dax_set_ops);

void put_dax(struct dax_device *dax_dev)
{
	if (dax_dev)
		iput(&dax_dev->inode);
}
EXPORT_SYMBOL_GPL(put_dax);

int dax_add_host(struct dax_device *dax_dev, struct gendisk *disk)
{
	return xa_insert(&dax_hosts, (unsigned long)disk, dax_dev, GFP_KERNEL);
}
EXPORT_SYMBOL_GPL(dax_add_host);

void dax_remove_host(struct gendisk *disk)
{
	xa_erase(&dax_hosts, (unsigned long)disk);
}
EXPORT_SYMBOL_GPL(dax_remove_host);

static int dax_init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx = init_pseudo(fc, DAXFS_MAGIC);

	if (!ctx)
		return -ENOMEM;
	ctx->ops = &dax_sops;
	return 0;
}

static struct file_system_type dax_fs_type = {
	.name = "dax",
	.init_fs_context = dax_init_fs_context,
	.kill_sb = kill_anon_super,
};

static int __init dax_init(void)
{
	struct vfsmount *mnt;

	dax_cache = kmem_cache_create("dax_cache", sizeof(struct dax_device), 0,
				      SLAB_HWCACHE_ALIGN, NULL);
	if (!dax_cache)
		return -ENOMEM;
	mnt = kern_mount(&dax_fs_type);
	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	dax_superblock = mnt->mnt_sb;
	return 0;
}
subsys_initcall(dax_init);
