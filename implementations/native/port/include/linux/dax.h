/* SPDX-License-Identifier: GPL-2.0-only */
/* The calls of the holder protocol that vectors make. */
#ifndef _LINUX_DAX_H
#define _LINUX_DAX_H

#include <linux/types.h>

struct block_device;
struct dax_device;
struct gendisk;
struct inode;
struct iov_iter;

struct dax_holder_operations {
	int (*notify_failure)(struct dax_device *dax_dev, u64 offset, u64 len,
			      int mf_flags);
};

enum dax_access_mode {
	DAX_ACCESS,
	DAX_RECOVERY_WRITE,
};

struct dax_operations {
	long (*direct_access)(struct dax_device *dax_dev, pgoff_t pgoff,
			      long nr_pages, enum dax_access_mode mode,
			      void **kaddr, unsigned long *pfn);
	int (*zero_page_range)(struct dax_device *dax_dev, pgoff_t pgoff,
			       size_t nr_pages);
	size_t (*recovery_write)(struct dax_device *dax_dev, pgoff_t pgoff,
				 void *addr, size_t bytes,
				 struct iov_iter *iter);
};

struct dax_device *alloc_dax(void *private, const struct dax_operations *ops);
struct dax_device *dax_dev_get(dev_t devt);
int dax_set_ops(struct dax_device *dax_dev, const struct dax_operations *ops);
bool dax_alive(struct dax_device *dax_dev);
int dax_read_lock(void);
void dax_read_unlock(int id);
void *dax_get_private(struct dax_device *dax_dev);
void put_dax(struct dax_device *dax_dev);
void run_dax(struct dax_device *dax_dev);
void kill_dax(struct dax_device *dax_dev);
int dax_add_host(struct dax_device *dax_dev, struct gendisk *disk);
void dax_remove_host(struct gendisk *disk);
int fs_dax_get(struct dax_device *dax_dev, void *holder,
	       const struct dax_holder_operations *hops);
struct dax_device *fs_dax_get_by_bdev(struct block_device *bdev, u64 *start_off,
				      void *holder,
				      const struct dax_holder_operations *ops);
void fs_put_dax(struct dax_device *dax_dev, void *holder);
void *dax_holder(struct dax_device *dax_dev);
int dax_holder_notify_failure(struct dax_device *dax_dev, u64 off, u64 len,
			      int mf_flags);
long dax_direct_access(struct dax_device *dax_dev, pgoff_t pgoff, long nr_pages,
		       enum dax_access_mode mode, void **kaddr,
		       unsigned long *pfn);
int dax_zero_page_range(struct dax_device *dax_dev, pgoff_t pgoff,
			size_t nr_pages);
size_t dax_recovery_write(struct dax_device *dax_dev, pgoff_t pgoff, void *addr,
			  size_t bytes, struct iov_iter *iter);
size_t dax_copy_from_iter(struct dax_device *dax_dev, pgoff_t pgoff, void *addr,
			  size_t bytes, struct iov_iter *i);
size_t dax_copy_to_iter(struct dax_device *dax_dev, pgoff_t pgoff, void *addr,
			size_t bytes, struct iov_iter *i);

#endif
