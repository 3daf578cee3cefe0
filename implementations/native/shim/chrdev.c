// SPDX-License-Identifier: GPL-2.0-only
#include "vocabulary.h"

int alloc_chrdev_region(dev_t *dev, unsigned int base, unsigned int count,
			const char *name)
{
	/* Any major but 0: dax_free_inode() takes device number 0 as none. */
	*dev = MKDEV(250, base);
	return 0;
}

void unregister_chrdev_region(dev_t from, unsigned int count)
{
}
