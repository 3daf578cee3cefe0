// SPDX-License-Identifier: MIT
/**
 * Edits of Debian's 6.1 that give it the shape of vendors' 5.10 with holders: devices are found by the name of their
 * host, in lists under a spinlock, and alloc_dax() copies that name.
 */
import type { Edit } from './edits';

const DAX_H = 'include/linux/dax.h';

const LOOKUP = `static struct hlist_head host_lists[8];
static DEFINE_SPINLOCK(host_lock);

static int list_of(const char *host)
{
	return hashlen_hash(hashlen_string("DAX", host)) % ARRAY_SIZE(host_lists);
}

static struct dax_device *find_by_host(const char *host)
{
	struct dax_device *found = NULL, *each;

	spin_lock(&host_lock);
	hlist_for_each_entry(each, &host_lists[list_of(host)], list) {
		if (strcmp(host, each->host))
			continue;
		found = each;
		break;
	}
	spin_unlock(&host_lock);
	return found;
}

static void enlist(struct dax_device *dax_dev, const char *host)
{
	INIT_HLIST_NODE(&dax_dev->list);
	dax_dev->host = host;
	spin_lock(&host_lock);
	hlist_add_head(&dax_dev->list, &host_lists[list_of(host)]);
	spin_unlock(&host_lock);
}
`;

const ATTRIBUTE = `static ssize_t write_cache_show(struct device *dev,
		struct device_attribute *attr, char *buf)
{
	return find_by_host(dev_name(dev)) ? 1 : -ENXIO;
}

static ssize_t write_cache_store(struct device *dev,
		struct device_attribute *attr, const char *buf, size_t len)
{
	dax_write_cache(find_by_host(dev_name(dev)), true);
	return len;
}
static DEVICE_ATTR_RW(write_cache);

static umode_t dax_visible(struct kobject *kobj, struct attribute *a, int n)
{
	struct device *dev = container_of(kobj, typeof(*dev), kobj);

	return find_by_host(dev_name(dev)) ? a->mode : 0;
}

static struct attribute *dax_attributes[] = { &dev_attr_write_cache.attr, NULL };

struct attribute_group dax_attribute_group = {
	.name = "dax",
	.attrs = dax_attributes,
	.is_visible = dax_visible,
};
EXPORT_SYMBOL_GPL(dax_attribute_group);
`;

/** Text of a function that the edits delete. */
const ADD_HOST = `int dax_add_host(struct dax_device *dax_dev, struct gendisk *disk)
{
	return xa_insert(&dax_hosts, (unsigned long)disk, dax_dev, GFP_KERNEL);
}
EXPORT_SYMBOL_GPL(dax_add_host);
`;
const REMOVE_HOST = `void dax_remove_host(struct gendisk *disk)
{
	xa_erase(&dax_hosts, (unsigned long)disk);
}
EXPORT_SYMBOL_GPL(dax_remove_host);
`;

export const hostsByName: readonly Edit[] = [
	{ from: 'struct dax_device {\n', to: 'struct dax_device {\n\tstruct hlist_node list;\n' },
	{
		from: '\tstruct cdev cdev;\n\tvoid *private;',
		to: '\tstruct cdev cdev;\n\tconst char *host;\n\tvoid *private;',
	},
	{ from: 'int dax_read_lock(void)\n', to: `${LOOKUP}\nint dax_read_lock(void)\n` },
	{ from: 'static DEFINE_XARRAY(dax_hosts);\n', to: '' },
	{ from: ADD_HOST, to: '' },
	{ from: REMOVE_HOST, to: '' },
	{
		in: 'fs_dax_get_by_bdev',
		from: 'xa_load(&dax_hosts, (unsigned long)bdev->bd_disk)',
		to: 'find_by_host(bdev->bd_disk->disk_name)',
	},
	{
		in: 'kill_dax',
		from: '\n\t/* clear holder data */',
		to: `
	spin_lock(&host_lock);
	hlist_del_init(&dax_dev->list);
	spin_unlock(&host_lock);

	/* clear holder data */`,
	},
	{
		from: 'struct dax_device *alloc_dax(void *private, const struct dax_operations *ops)\n{\n',
		to: `struct dax_device *alloc_dax(void *private, const char *__host,
		const struct dax_operations *ops, unsigned long flags)
{
	const char *host = kstrdup(__host, GFP_KERNEL);
`,
	},
	{
		in: 'alloc_dax',
		from: '\tdax_dev->ops = ops;\n',
		to: '\tenlist(dax_dev, host);\n\tdax_dev->ops = ops;\n',
	},
	{ in: 'alloc_dax', from: ' err_dev:\n', to: ' err_dev:\n\tkfree(host);\n' },
	{
		in: 'dax_free_inode',
		from: '\tif (inode->i_rdev)\n',
		to: '\tkfree(dax_dev->host);\n\tdax_dev->host = NULL;\n\tif (inode->i_rdev)\n',
	},
	{
		from: 'bool dax_alive(struct dax_device *dax_dev)\n',
		to: `${ATTRIBUTE}\nbool dax_alive(struct dax_device *dax_dev)\n`,
	},
	{
		file: DAX_H,
		from: 'struct dax_device *alloc_dax(void *private, const struct dax_operations *ops);',
		to: 'struct dax_device *alloc_dax(void *private, const char *host,\n\t\tconst struct dax_operations *ops, unsigned long flags);',
	},
];
