// SPDX-License-Identifier: MIT
/** The seeded bugs of the reference as edits of the merged tree, by the name of the mutant. */
import type { Edit } from './edits';

const within =
	(name: string) =>
	(from: string, to: string): Edit => ({ in: name, from, to });
const put = within('fs_put_dax');
const get = within('fs_dax_get');
const bdev = within('fs_dax_get_by_bdev');
const notify = within('dax_holder_notify_failure');
const kill = within('kill_dax');
const setOps = within('dax_set_ops');

const CLEAR = '		WRITE_ONCE(dax_dev->holder_ops, NULL);\n';
const RELEASE = '		prev = cmpxchg(&dax_dev->holder_data, holder, NULL);\n';
const WARN = '		WARN_ON(prev && prev != holder);\n';
const GET_CLAIM = 'cmpxchg(&dax_dev->holder_data, NULL, holder))';
const GET_STORE = '	dax_dev->holder_ops = hops;\n';
const BDEV_CLAIM = '		if (!cmpxchg(&dax_dev->holder_data, NULL, holder))\n';
const BDEV_STORE = '			dax_dev->holder_ops = ops;\n';
const TELL = `		dax_holder_notify_failure(dax_dev, 0, U64_MAX,
				MF_MEM_PRE_REMOVE);
`;
const CLEAR_ALIVE = '	clear_bit(DAXDEV_ALIVE, &dax_dev->flags);\n';
const SET_ALIVE = '	set_bit(DAXDEV_ALIVE, &dax_dev->flags);\n';
const GRACE = '	synchronize_srcu(&dax_srcu);\n';
const FORGET = '	dax_dev->holder_data = NULL;\n';
const UNLOCK = '	device_unlock(&dev_dax->dev);\n';
const SET_OPS = '		if (cmpxchg(&dax_dev->ops, NULL, ops) != NULL)\n			return -EBUSY;\n';
const ALIVE = '!dax_alive(dax_dev) || ';

export const seeded: Readonly<Record<string, readonly Edit[]>> = {
	'put-swapped-stores': [put(CLEAR + RELEASE, RELEASE + CLEAR)],
	'put-keeps-ops': [put(CLEAR, '')],
	'put-keeps-holder': [put(RELEASE, '		prev = dax_dev->holder_data;\n')],
	'put-missing-warn': [put(WARN, '')],
	'put-warns-on-null': [put('prev && prev != holder', 'prev != holder')],
	'put-clears-any-holder': [
		put(RELEASE, '		prev = dax_dev->holder_data;\n		dax_dev->holder_data = NULL;\n'),
	],
	'put-forgotten-iput': [put('	put_dax(dax_dev);\n', '')],
	'put-null-holder': [put('dax_dev && holder', 'dax_dev')],
	'put-needs-device': [put('dax_dev && holder', 'holder')],
	'put-waits-for-readers': [put(WARN, `${WARN}		synchronize_srcu(&dax_srcu);\n`)],
	'put-relaxed-release': [put(RELEASE, RELEASE.replace('cmpxchg', 'cmpxchg_relaxed'))],
	'put-acquire-release': [put(RELEASE, RELEASE.replace('cmpxchg', 'cmpxchg_acquire'))],
	'put-failed-barrier': [
		put(
			RELEASE,
			`		cmpxchg(&dax_dev->holder_data, NULL, NULL);\n${RELEASE.replace('cmpxchg', 'cmpxchg_relaxed')}`,
		),
	],
	'get-relaxed-claim': [get(GET_CLAIM, GET_CLAIM.replace('cmpxchg', 'cmpxchg_relaxed'))],
	'bdev-relaxed-claim': [bdev(BDEV_CLAIM, BDEV_CLAIM.replace('cmpxchg', 'cmpxchg_relaxed'))],
	'get-relaxed-test': [
		get(GET_CLAIM, 'dax_dev->holder_data)'),
		get(GET_STORE, `	dax_dev->holder_data = holder;\n${GET_STORE}`),
	],
	'get-forgotten-iput': [
		get(
			'	if (rc) {\n		iput(&dax_dev->inode);\n',
			'	if (rc) {\n		if (rc != -EBUSY)\n			iput(&dax_dev->inode);\n',
		),
	],
	'get-ops-before-claim': [
		get(GET_STORE, ''),
		get('	if (!rc && cmpxchg', `	if (!rc)\n	${GET_STORE}	if (!rc && cmpxchg`),
	],
	'get-forgotten-ops': [get(GET_STORE, '')],
	'get-missing-alive-test': [
		get(ALIVE, ''),
		// dax_get_private() checks the flag too: it gives NULL for a dead device.
		get('dax_get_private(dax_dev)', 'dax_dev->private'),
	],
	'get-forgotten-unlock': [
		get(
			'	dax_read_unlock(id);\n	if (rc)\n		return rc;\n',
			'	if (rc)\n		return rc;\n	dax_read_unlock(id);\n',
		),
	],
	'get-needs-device': [get('!dax_dev || ', '')],
	'bdev-claim-outside-section': [
		bdev(
			'		dax_dev = NULL;\n	else if (holder) {\n',
			'		dax_dev = NULL;\n	dax_read_unlock(id);\n	if (dax_dev && holder) {\n',
		),
		bdev('			dax_dev = NULL;\n	}\n	dax_read_unlock(id);\n', '			dax_dev = NULL;\n	}\n'),
	],
	'bdev-relaxed-test': [
		bdev(
			BDEV_CLAIM + BDEV_STORE,
			`		if (!dax_dev->holder_data) {\n			dax_dev->holder_data = holder;\n${BDEV_STORE}		}\n`,
		),
	],
	'bdev-ignores-busy': [bdev('		else\n			dax_dev = NULL;\n', '')],
	'bdev-missing-igrab': [bdev(' || !igrab(&dax_dev->inode)', '')],
	'bdev-null-holder-claims': [bdev('else if (holder) {', 'else {')],
	'bdev-missing-alive-test': [bdev(ALIVE, '')],
	'notify-missing-alive-test': [notify('!dax_alive(dax_dev)', '0')],
	'notify-no-ops-is-success': [notify('rc = -EOPNOTSUPP', 'rc = 0')],
	'notify-swallows-result': [
		notify(
			'	rc = ops->notify_failure(dax_dev, off, len, mf_flags);\n',
			'	ops->notify_failure(dax_dev, off, len, mf_flags);\n	rc = 0;\n',
		),
	],
	'notify-forgotten-unlock': [notify('out:\n	dax_read_unlock(id);\n', 'out:\n')],
	'notify-plain-read': [notify('READ_ONCE(dax_dev->holder_ops)', 'dax_dev->holder_ops')],
	'notify-outside-section': [
		notify('	rc = ops->notify_failure(', '	dax_read_unlock(id);\n	return ops->notify_failure('),
	],
	'notify-rounds-offset': [
		notify('notify_failure(dax_dev, off,', 'notify_failure(dax_dev, off & ~(PAGE_SIZE - 1UL),'),
	],
	'notify-forgets-device': [notify('notify_failure(dax_dev, off,', 'notify_failure(NULL, off,')],
	'notify-forgets-flags': [notify('off, len, mf_flags);', 'off, len, 0);')],
	'kill-silent': [kill('dax_dev->holder_data != NULL', '0')],
	'kill-callback-twice': [kill(TELL, `{\n${TELL}${TELL}	}\n`)],
	'kill-tells-too-late': [
		kill(CLEAR_ALIVE, ''),
		kill('	if (dax_dev->holder_data', `${CLEAR_ALIVE}	if (dax_dev->holder_data`),
	],
	'kill-missing-synchronize': [kill(GRACE, '')],
	'kill-alive-cleared-late': [kill(CLEAR_ALIVE + GRACE, GRACE + CLEAR_ALIVE)],
	'kill-cleared-before-grace': [kill(GRACE, ''), kill(FORGET, FORGET + GRACE)],
	'kill-keeps-ops': [kill('	dax_dev->holder_ops = NULL;\n', '')],
	'kill-keeps-holder': [kill(FORGET, '')],
	'kill-refuses-holder': [kill(TELL, '		return;\n')],
	'kill-needs-device': [kill('	if (!dax_dev)\n		return;\n', '')],
	'run-clears-holder': [
		within('run_dax')(SET_ALIVE, `${SET_ALIVE}	dax_dev->holder_data = NULL;\n`),
	],
	'run-stays-dead': [within('run_dax')(SET_ALIVE, '')],
	'holder-tests-alive': [
		within('dax_holder')(
			'return dax_dev->holder_data',
			'return test_bit(DAXDEV_ALIVE, &dax_dev->flags) ? dax_dev->holder_data : NULL',
		),
	],
	'put-dax-keeps-reference': [within('put_dax')('	iput(&dax_dev->inode);\n', '')],
	'put-plain-clear': [put('WRITE_ONCE(dax_dev->holder_ops, NULL)', 'dax_dev->holder_ops = NULL')],
	'get-driver-unlocked': [get('	device_lock(&dev_dax->dev);\n', ''), get(UNLOCK, '')],
	'get-any-driver': [get('			rc = -EOPNOTSUPP;\n', '			;\n')],
	'get-driver-leak': [
		get('	if (!dev_dax) {\n		iput(&dax_dev->inode);\n', '	if (!dev_dax) {\n'),
		get(UNLOCK, `${UNLOCK}	if (rc)\n		return rc;\n`),
	],
	'bdev-ignores-alignment': [
		bdev('*start_off % PAGE_SIZE || part_size % PAGE_SIZE', '(void)part_size, 0'),
	],
	'bdev-ignores-queue': [
		bdev('	if (!blk_queue_dax(bdev->bd_disk->queue))\n		return NULL;\n', ''),
	],
	'bdev-offset-in-sectors': [bdev('get_start_sect(bdev) * SECTOR_SIZE', 'get_start_sect(bdev)')],
	'bdev-first-disk': [
		// An xarray of the shim keeps the index of the first disk.
		bdev(
			'xa_load(&dax_hosts, (unsigned long)bdev->bd_disk)',
			'xa_load(&dax_hosts, dax_hosts.index[0])',
		),
	],
	'private-of-the-dead': [
		within('dax_get_private')(
			'	if (!test_bit(DAXDEV_ALIVE, &dax_dev->flags))\n		return NULL;\n',
			'',
		),
	],
	'set-ops-relaxed': [
		setOps(SET_OPS, '		if (dax_dev->ops)\n			return -EBUSY;\n		dax_dev->ops = ops;\n'),
	],
	'set-ops-keeps': [
		setOps('	if (ops) {\n', '	if (dax_dev->ops)\n		return -EBUSY;\n	if (ops) {\n'),
		setOps(SET_OPS, '		dax_dev->ops = ops;\n'),
	],
	'alloc-born-dead': [within('dax_dev_get')(`	${SET_ALIVE}`, '')],
	'dev-get-no-reference': [
		within('dax_dev_get')(
			'		unlock_new_inode(inode);\n	}\n',
			'		unlock_new_inode(inode);\n	} else {\n		iput(inode);\n	}\n',
		),
	],
	'add-host-overwrites': [
		within('dax_add_host')(
			'	return xa_insert(&dax_hosts, (unsigned long)disk, dax_dev, GFP_KERNEL);\n',
			'	xa_store(&dax_hosts, (unsigned long)disk, dax_dev, GFP_KERNEL);\n	return 0;\n',
		),
	],
	'holder-needs-ops': [
		within('dax_holder')(
			'return dax_dev->holder_data',
			'return dax_dev->holder_ops ? dax_dev->holder_data : NULL',
		),
	],
	'dev-get-revives': [
		within('dax_dev_get')(`	${SET_ALIVE}`, ''),
		within('dax_dev_get')('	if (inode_state', `${SET_ALIVE}	if (inode_state`),
	],
	'dev-get-any-number': [within('dax_test')('return inode->i_rdev == devt', 'return 1')],
	'set-ops-xchg': [setOps('cmpxchg(&dax_dev->ops, NULL, ops)', 'xchg(&dax_dev->ops, ops)')],
	'set-ops-overwrites': [setOps(SET_OPS, '		dax_dev->ops = ops;\n')],
	'alloc-any-operations': [within('alloc_dax')('WARN_ON_ONCE(ops && !ops->zero_page_range)', '0')],
	'alloc-forgets-ops': [within('alloc_dax')('dax_dev->ops = ops;', 'dax_dev->ops = NULL;')],
	'alloc-one-number': [
		within('alloc_dax')('MKDEV(MAJOR(dax_devt), minor)', 'MKDEV(MAJOR(dax_devt), 0)'),
	],
	'kill-notifies-nobody': [kill('dax_dev->holder_data != NULL', '1')],
	'access-of-the-dead': [within('dax_direct_access')('!dax_alive(dax_dev)', '0')],
	'access-needs-ops': [within('dax_direct_access')('!dax_dev->ops', '0')],
	'access-of-first-page': [within('dax_direct_access')('(dax_dev, pgoff,', '(dax_dev, 0,')],
	'access-of-any-length': [within('dax_direct_access')('nr_pages < 0', '0')],
	'zero-of-any-length': [within('dax_zero_page_range')('nr_pages != 1', '0')],
	'zero-of-the-dead': [within('dax_zero_page_range')('!dax_alive(dax_dev)', '0')],
	'recovery-needs-member': [within('dax_recovery_write')(' || !dax_dev->ops->recovery_write', '')],
	'copy-of-the-dead': [
		within('dax_copy_from_iter')('!dax_alive(dax_dev)', '0'),
		within('dax_copy_to_iter')('!dax_alive(dax_dev)', '0'),
	],
	'remove-host-keeps': [
		within('dax_remove_host')('	xa_erase(&dax_hosts, (unsigned long)disk);\n', ''),
	],
};
