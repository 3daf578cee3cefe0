// SPDX-License-Identifier: MIT
/** Seeded bugs: the merged calls with one line of one call changed. The kill matrix requires a vector that fails each. */
import type { Call, Calls } from '../kernel';
import { warnUnlessHolder } from '../revisions/fs_put_dax';
import * as access from './access';
import * as notify from './dax_holder_notify_failure';
import * as get from './fs_dax_get';
import * as getByBdev from './fs_dax_get_by_bdev';
import * as put from './fs_put_dax';
import * as kill from './kill_dax';
import * as small from './small';

export interface Mutant {
	readonly about: string;
	readonly calls: Calls;
}

const mutant = (name: keyof Calls, call: Call, about: string): Mutant => ({
	about: `${name}(): ${about}`,
	calls: { [name]: call },
});

export const mutants: Readonly<Record<string, Mutant>> = {
	'put-swapped-stores': mutant('fs_put_dax', put.swappedStores, 'holder_data before holder_ops'),
	'put-keeps-ops': mutant('fs_put_dax', put.keepsOps, 'holder_ops is not cleared'),
	'put-keeps-holder': mutant('fs_put_dax', put.keepsHolder, 'holder_data is not cleared'),
	'put-missing-warn': mutant('fs_put_dax', put.missingWarn, 'no WARN'),
	'put-warns-on-null': mutant('fs_put_dax', warnUnlessHolder, 'WARN on NULL, as in series V3'),
	'put-clears-any-holder': mutant('fs_put_dax', put.clearsAnyHolder, 'store instead of cmpxchg'),
	'put-plain-clear': mutant('fs_put_dax', put.plainClear, 'holder_ops cleared by a plain store'),
	'put-forgotten-iput': mutant('fs_put_dax', put.forgottenIput, 'reference kept'),
	'put-null-holder': mutant('fs_put_dax', put.nullHolder, 'releases a NULL holder'),
	'put-needs-device': mutant('fs_put_dax', put.needsDevice, 'no test of a NULL device'),
	'put-waits-for-readers': mutant('fs_put_dax', put.waitsForReaders, 'synchronize_srcu at the end'),
	'put-relaxed-release': mutant(
		'fs_put_dax',
		put.relaxedRelease,
		'cmpxchg_relaxed (weak memory only)',
	),
	'put-acquire-release': mutant(
		'fs_put_dax',
		put.acquireRelease,
		'cmpxchg_acquire: the release is dropped (weak memory only)',
	),
	'put-failed-barrier': mutant(
		'fs_put_dax',
		put.failedBarrier,
		'a failed cmpxchg relied on for order (weak memory only)',
	),
	'get-relaxed-claim': mutant(
		'fs_dax_get',
		get.relaxedClaim,
		'plain store after cmpxchg_relaxed (weak memory only)',
	),
	'bdev-relaxed-claim': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.relaxedClaim,
		'plain store after cmpxchg_relaxed (weak memory only)',
	),
	'get-relaxed-test': mutant('fs_dax_get', get.relaxedTest, 'test and store instead of cmpxchg'),
	'get-forgotten-iput': mutant('fs_dax_get', get.forgottenIput, 'reference kept when busy'),
	'get-ops-before-claim': mutant('fs_dax_get', get.opsBeforeClaim, 'holder_ops before the claim'),
	'get-forgotten-ops': mutant('fs_dax_get', get.forgottenOps, 'holder_ops never stored'),
	'get-missing-alive-test': mutant('fs_dax_get', get.missingAliveTest, 'dead devices are claimed'),
	'get-forgotten-unlock': mutant('fs_dax_get', get.forgottenUnlock, 'read section never left'),
	'get-needs-device': mutant('fs_dax_get', get.needsDevice, 'no test of a NULL device'),
	'bdev-claim-outside-section': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.claimOutsideSection,
		'claim after dax_read_unlock',
	),
	'bdev-relaxed-test': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.relaxedTest,
		'test and store instead of cmpxchg',
	),
	'bdev-ignores-busy': mutant('fs_dax_get_by_bdev', getByBdev.ignoresBusy, 'busy is success'),
	'bdev-missing-igrab': mutant('fs_dax_get_by_bdev', getByBdev.missingIgrab, 'no reference taken'),
	'bdev-null-holder-claims': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.nullHolderClaims,
		'a NULL holder stores its operations',
	),
	'bdev-missing-alive-test': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.missingAliveTest,
		'dead devices are claimed',
	),
	'notify-missing-alive-test': mutant(
		'dax_holder_notify_failure',
		notify.missingAliveTest,
		'calls the holder of a dead device',
	),
	'notify-no-ops-is-success': mutant(
		'dax_holder_notify_failure',
		notify.noOpsIsSuccess,
		'0 without holder_ops',
	),
	'notify-plain-read': mutant(
		'dax_holder_notify_failure',
		notify.plainRead,
		'holder_ops read by a plain load',
	),
	'notify-outside-section': mutant(
		'dax_holder_notify_failure',
		notify.callbackOutsideSection,
		'callback after dax_read_unlock',
	),
	'notify-swallows-result': mutant(
		'dax_holder_notify_failure',
		notify.swallowsResult,
		'0 whatever the callback returns',
	),
	'notify-forgotten-unlock': mutant(
		'dax_holder_notify_failure',
		notify.forgottenUnlock,
		'read section never left',
	),
	'notify-rounds-offset': mutant(
		'dax_holder_notify_failure',
		notify.roundsOffset,
		'offset of the page',
	),
	'notify-forgets-device': mutant(
		'dax_holder_notify_failure',
		notify.forgetsDevice,
		'the callback gets NULL for the device',
	),
	'notify-forgets-flags': mutant(
		'dax_holder_notify_failure',
		notify.forgetsFlags,
		'flags are not passed on',
	),
	'kill-silent': mutant('kill_dax', kill.silent, 'no notification'),
	'kill-callback-twice': mutant('kill_dax', kill.callbackTwice, 'the holder is notified twice'),
	'kill-tells-too-late': mutant('kill_dax', kill.notifiesTooLate, 'notifies after clearing alive'),
	'kill-missing-synchronize': mutant('kill_dax', kill.missingSynchronize, 'no synchronize_srcu'),
	'kill-alive-cleared-late': mutant(
		'kill_dax',
		kill.aliveClearedLate,
		'alive cleared after the grace period',
	),
	'kill-cleared-before-grace': mutant(
		'kill_dax',
		kill.clearedBeforeGrace,
		'holder cleared before the grace period',
	),
	'kill-keeps-ops': mutant('kill_dax', kill.keepsOps, 'holder_ops is not cleared'),
	'kill-keeps-holder': mutant('kill_dax', kill.keepsHolder, 'holder_data is not cleared'),
	'kill-refuses-holder': mutant(
		'kill_dax',
		kill.refusesHolder,
		'does nothing while a holder has the device',
	),
	'kill-needs-device': mutant('kill_dax', kill.needsDevice, 'no test of a NULL device'),
	'run-clears-holder': mutant('run_dax', small.clearsHolder, 'clears the holder'),
	'run-stays-dead': mutant('run_dax', small.staysDead, 'does nothing'),
	'holder-tests-alive': mutant('dax_holder', small.testsAlive, 'NULL for a dead device'),
	'put-dax-keeps-reference': mutant('put_dax', small.forgottenIput, 'reference kept'),
	'get-driver-unlocked': mutant('fs_dax_get', get.driverUnlocked, 'driver without device_lock'),
	'get-any-driver': mutant('fs_dax_get', get.anyDriver, 'every driver is accepted'),
	'get-driver-leak': mutant('fs_dax_get', get.driverLeak, 'reference kept for the wrong driver'),
	'bdev-ignores-alignment': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.ignoresAlignment,
		'unaligned partitions are found',
	),
	'bdev-ignores-queue': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.ignoresQueue,
		'disks without DAX are found',
	),
	'bdev-offset-in-sectors': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.offsetInSectors,
		'*start_off in sectors',
	),
	'bdev-first-disk': mutant(
		'fs_dax_get_by_bdev',
		getByBdev.firstDisk,
		'every disk has the device of the first one',
	),
	'private-of-the-dead': mutant('dax_get_private', small.privateOfTheDead, 'no test of alive'),
	'set-ops-relaxed': mutant(
		'dax_set_ops',
		small.setOpsRelaxed,
		'test and store instead of cmpxchg',
	),
	'set-ops-keeps': mutant('dax_set_ops', small.setOpsKeeps, 'NULL does not clear'),
	'alloc-born-dead': { about: 'dax_dev_get(): a new device is dead', calls: small.bornDead },
	'dev-get-no-reference': {
		about: 'dax_dev_get(): found without a reference',
		calls: small.lookUpWithoutReference,
	},
	'add-host-overwrites': mutant('dax_add_host', small.addHostOverwrites, 'replaces another device'),
	'holder-needs-ops': mutant('dax_holder', small.holderNeedsOps, 'NULL without operations'),
	'dev-get-revives': {
		about: 'dax_dev_get(): a dead device is made alive',
		calls: small.lookUpRevives,
	},
	'dev-get-any-number': {
		about: 'dax_dev_get(): finds a device with another number',
		calls: small.lookUpAnyNumber,
	},
	'set-ops-xchg': mutant('dax_set_ops', small.setOpsXchg, 'xchg instead of cmpxchg'),
	'set-ops-overwrites': mutant('dax_set_ops', small.setOpsOverwrites, 'replaces operations'),
	'alloc-any-operations': mutant(
		'alloc_dax',
		small.allocAnyOperations,
		'no test of zero_page_range',
	),
	'alloc-forgets-ops': mutant('alloc_dax', small.allocForgetsOps, 'operations never stored'),
	'alloc-one-number': mutant(
		'alloc_dax',
		small.allocOneNumber,
		'every device has the first number',
	),
	'kill-notifies-nobody': mutant('kill_dax', kill.notifiesNobody, 'no test of holder_data'),
	'access-of-the-dead': mutant('dax_direct_access', access.directOfTheDead, 'no test of alive'),
	'access-needs-ops': mutant('dax_direct_access', access.directNeedsOps, 'no test of ops'),
	'access-of-first-page': mutant(
		'dax_direct_access',
		access.directOfFirstPage,
		'another offset is handed on',
	),
	'access-of-any-length': mutant(
		'dax_direct_access',
		access.directOfAnyLength,
		'no test of nr_pages',
	),
	'zero-of-any-length': mutant(
		'dax_zero_page_range',
		access.zeroOfAnyLength,
		'no test of nr_pages',
	),
	'zero-of-the-dead': mutant('dax_zero_page_range', access.zeroOfTheDead, 'no test of alive'),
	'recovery-needs-member': mutant(
		'dax_recovery_write',
		access.recoveryNeedsMember,
		'no test of recovery_write',
	),
	'copy-of-the-dead': {
		about: 'dax_copy_from_iter(), dax_copy_to_iter(): no test of alive',
		calls: {
			dax_copy_from_iter: access.copyOfTheDead,
			dax_copy_to_iter: access.copyOfTheDead,
		},
	},
	'remove-host-keeps': mutant('dax_remove_host', small.removeHostKeeps, 'the entry is not removed'),
};
