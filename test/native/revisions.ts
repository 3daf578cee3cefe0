// SPDX-License-Identifier: MIT
/**
 * The revisions of the reference as real C: edits of Debian's 6.12, which is v6.12-stable. From v7.1 on the file has
 * another structure: fs_dax_get(), bus.h, the device lock, no pfn_t.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianTree } from './debian';
import { type Edit, editedTree } from './edits';

const OLD_PUT = `	if (dax_dev && holder &&
	    cmpxchg(&dax_dev->holder_data, holder, NULL) == holder)
		dax_dev->holder_ops = NULL;
	put_dax(dax_dev);
`;
const PRE_REMOVE = `0, U64_MAX,
				MF_MEM_PRE_REMOVE);`;

/** Reads holder_ops a second time for the call, as before 7ae9d15bdcde. */
const twoReads: Edit = {
	in: 'dax_holder_notify_failure',
	from: 'rc = ops->notify_failure(',
	to: 'rc = dax_dev->holder_ops->notify_failure(',
};
const plainRead: Edit = {
	in: 'dax_holder_notify_failure',
	from: 'READ_ONCE(dax_dev->holder_ops)',
	to: 'dax_dev->holder_ops',
};
const doubleFetch = [twoReads, plainRead];
const noFlags: Edit = { in: 'kill_dax', from: PRE_REMOVE, to: '0, U64_MAX, 0);' };

const put = (body: string): Edit => ({ in: 'fs_put_dax', from: OLD_PUT, to: body });
export const putOfV1 = put(`	if (dax_dev && holder) {
		dax_dev->holder_ops = NULL;
		cmpxchg(&dax_dev->holder_data, holder, NULL);
	}
	put_dax(dax_dev);
`);
const putThatWarns = (condition: string): Edit =>
	put(`	if (dax_dev && holder) {
		void *prev;

		WRITE_ONCE(dax_dev->holder_ops, NULL);
		prev = cmpxchg(&dax_dev->holder_data, holder, NULL);
		WARN_ON(${condition});
	}
	put_dax(dax_dev);
`);
export const putOfV3 = putThatWarns('prev != holder');
export const putOfV4 = putThatWarns('prev && prev != holder');

const DAX_H = 'include/linux/dax.h';
const BUS_H = 'drivers/dax/bus.h';

/** Changes of v7.1 outside of the calls. */
const shapeOfV71: readonly Edit[] = [
	{ from: '#include <linux/pfn_t.h>\n', to: '' },
	{ from: '#include "dax-private.h"\n', to: '#include "dax-private.h"\n#include "bus.h"\n' },
	{ in: 'dax_direct_access', from: 'pfn_t *pfn', to: 'unsigned long *pfn' },
	{
		in: 'dax_direct_access',
		from: '	if (nr_pages < 0)\n',
		to: '	if (!dax_dev->ops)\n		return -EOPNOTSUPP;\n\n	if (nr_pages < 0)\n',
	},
	{
		in: 'dax_zero_page_range',
		from: '		return -ENXIO;\n',
		to: '		return -ENXIO;\n\n	if (!dax_dev->ops)\n		return -EOPNOTSUPP;\n',
	},
	{
		in: 'dax_recovery_write',
		from: '	if (!dax_dev->ops->recovery_write)\n',
		to: '	if (!dax_dev->ops || !dax_dev->ops->recovery_write)\n',
	},
	{ from: 'generic_delete_inode', to: 'inode_just_drop' },
	{ in: 'dax_dev_get', from: 'inode->i_state', to: 'inode_state_read_once(inode)' },
	{
		from: 'bool dax_alive(struct dax_device *dax_dev)\n{',
		to: `int dax_set_ops(struct dax_device *dax_dev, const struct dax_operations *ops)
{
	if (ops) {
		if (cmpxchg(&dax_dev->ops, NULL, ops) != NULL)
			return -EBUSY;
	} else {
		dax_dev->ops = NULL;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(dax_set_ops);

bool dax_alive(struct dax_device *dax_dev)
{`,
	},
	{
		from: 'EXPORT_SYMBOL_GPL(fs_put_dax);\n#endif /* CONFIG_BLOCK && CONFIG_FS_DAX */\n',
		to: `EXPORT_SYMBOL_GPL(fs_put_dax);

int fs_dax_get(struct dax_device *dax_dev, void *holder,
	       const struct dax_holder_operations *hops)
{
	struct dax_device_driver *dax_drv;
	struct dev_dax *dev_dax;
	int id, rc = 0;

	id = dax_read_lock();
	if (!dax_dev || !dax_alive(dax_dev) || !igrab(&dax_dev->inode))
		rc = -ENODEV;
	dax_read_unlock(id);
	if (rc)
		return rc;

	dev_dax = dax_get_private(dax_dev);
	if (!dev_dax) {
		iput(&dax_dev->inode);
		return -ENODEV;
	}
	device_lock(&dev_dax->dev);
	if (!dev_dax->dev.driver) {
		rc = -ENODEV;
	} else {
		dax_drv = to_dax_drv(dev_dax->dev.driver);
		if (dax_drv->type != DAXDRV_FSDEV_TYPE)
			rc = -EOPNOTSUPP;
	}
	device_unlock(&dev_dax->dev);
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
#endif /* CONFIG_FS_DAX */
`,
	},
	{
		from: 'void fs_put_dax(struct dax_device *dax_dev, void *holder)\n{',
		to: `#endif /* CONFIG_BLOCK && CONFIG_FS_DAX */

#if IS_ENABLED(CONFIG_FS_DAX)
void fs_put_dax(struct dax_device *dax_dev, void *holder)
{`,
	},
	{
		file: BUS_H,
		from: '\tDAXDRV_DEVICE_TYPE,\n',
		to: '\tDAXDRV_DEVICE_TYPE,\n\tDAXDRV_FSDEV_TYPE,\n',
	},
	{
		file: BUS_H,
		from: 'int __dax_driver_register(',
		to: `#define to_dax_drv(__drv) \\
	container_of_const(__drv, struct dax_device_driver, drv)

struct hmem_platform_device {
	struct platform_device pdev;
	struct work_struct work;
};

int __dax_driver_register(`,
	},
	{
		file: BUS_H,
		from: '#include <linux/range.h>\n',
		to: '#include <linux/platform_device.h>\n#include <linux/range.h>\n#include <linux/workqueue.h>\n',
	},
	{
		file: DAX_H,
		from: 'enum dax_access_mode, void **, pfn_t *);',
		to: 'enum dax_access_mode, void **, unsigned long *);',
	},
	{ file: DAX_H, from: 'void **kaddr, pfn_t *pfn);', to: 'void **kaddr, unsigned long *pfn);' },
	{ file: DAX_H, from: '		    pfn_t *pfnp,', to: '		    unsigned long *pfnp,' },
	{
		file: DAX_H,
		from: 'unsigned int order, pfn_t pfn);',
		to: 'unsigned int order, unsigned long pfn);',
	},
	{
		file: DAX_H,
		from: 'void *dax_holder(struct dax_device *dax_dev);\n',
		to: `void *dax_holder(struct dax_device *dax_dev);
int fs_dax_get(struct dax_device *dax_dev, void *holder,
	       const struct dax_holder_operations *hops);
int dax_set_ops(struct dax_device *dax_dev, const struct dax_operations *ops);
`,
	},
	{
		file: DAX_H,
		from: `static inline bool daxdev_mapping_supported(struct vm_area_struct *vma,
					     struct dax_device *dax_dev)
{
	if (!(vma->vm_flags & VM_SYNC))
		return true;
	if (!IS_DAX(file_inode(vma->vm_file)))`,
		to: `static inline bool daxdev_mapping_supported(const struct vm_area_desc *desc,
					     const struct inode *inode,
					     struct dax_device *dax_dev)
{
	if (!vma_desc_test_flags(desc, VMA_SYNC_BIT))
		return true;
	if (!IS_DAX(inode))`,
	},
];

/** A function that v7.1 and the merged version export. */
const devGet: readonly Edit[] = [
	{ in: 'dax_dev_get', from: 'static struct dax_device', to: 'struct dax_device' },
	{
		from: '}\n\nstruct dax_device *alloc_dax(',
		to: '}\nEXPORT_SYMBOL_GPL(dax_dev_get);\nstruct dax_device *alloc_dax(',
	},
	{
		file: DAX_H,
		from: 'void *dax_holder(struct dax_device *dax_dev);\n',
		to: 'void *dax_holder(struct dax_device *dax_dev);\nstruct dax_device *dax_dev_get(dev_t devt);\n',
	},
];

/** The function that the series has instead. */
const devFind = (body: string): readonly Edit[] => [
	{
		from: 'struct dax_device *alloc_dax(void *private, const struct dax_operations *ops)\n{',
		to: `struct dax_device *dax_dev_find(dev_t devt)
{
	struct inode *inode;

	inode = ilookup5(dax_superblock, hash_32(devt + DAXFS_MAGIC, 31),
			 dax_test, &devt);
	if (!inode)
		return NULL;
${body}	return to_dax_dev(inode);
}
EXPORT_SYMBOL_GPL(dax_dev_find);

struct dax_device *alloc_dax(void *private, const struct dax_operations *ops)
{`,
	},
	{
		file: DAX_H,
		from: 'void *dax_holder(struct dax_device *dax_dev);\n',
		to: 'void *dax_holder(struct dax_device *dax_dev);\nstruct dax_device *dax_dev_find(dev_t devt);\n',
	},
];
const findAny = devFind('');
const findAlive = devFind(`	int id = dax_read_lock();
	bool alive = dax_alive(to_dax_dev(inode));

	dax_read_unlock(id);
	if (!alive) {
		iput(inode);
		return NULL;
	}
`);

const revisions: Readonly<Record<string, readonly Edit[]>> = {
	'v6.0': [...doubleFetch, noFlags],
	'v6.8': doubleFetch,
	'v6.12-stable': [],
	'v7.1': [...doubleFetch, ...shapeOfV71, ...devGet],
	v1: [...doubleFetch, putOfV1, ...shapeOfV71, ...findAny],
	v3: [...doubleFetch, putOfV3, ...shapeOfV71, ...findAlive],
	v4: [...doubleFetch, putOfV4, ...shapeOfV71, ...findAlive],
	merged: [putOfV4, ...shapeOfV71, ...devGet],
};

export const revisionNames = Object.keys(revisions);

/** Makes the tree of a revision, with additional edits, and gives its folder. */
export function revisionTree(name: string, more: readonly Edit[] = []): string {
	const folder = mkdtempSync(join(tmpdir(), 'dax-tree-'));
	return editedTree(debianTree('6.12'), folder, [...revisions[name]!, ...more]);
}
