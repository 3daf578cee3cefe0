// SPDX-License-Identifier: MIT
/**
 * Judges every small edit of the calls in 7.3's super.c: it fails a vector, does not boot, or is listed here with the
 * reason why no vector can tell it from the file. Compiles 380 trees: four minutes on an idle machine.
 */
import { judgeEdits } from '../native/judge-edits';
import type { Section } from './section';

/** The functions that vectors call, and those that they are made of. */
const FUNCTIONS = [
	...['dax_read_lock', 'dax_read_unlock', 'dax_add_host', 'dax_remove_host'],
	...['fs_dax_get_by_bdev', 'fs_put_dax', 'fs_dax_get', 'dax_direct_access'],
	...['dax_copy_from_iter', 'dax_copy_to_iter', 'dax_zero_page_range', 'dax_recovery_write'],
	...['dax_holder_notify_failure', 'dax_set_ops', 'dax_alive', 'kill_dax', 'run_dax'],
	...['dax_alloc_inode', 'dax_free_inode', 'dax_destroy_inode', 'dax_test', 'dax_set'],
	...['dax_dev_get', 'alloc_dax', 'put_dax', 'dax_holder', 'dax_get_private'],
];

/** Edits that no vector fails, by reason: patterns of their names. */
const ALIVE: Readonly<Record<string, readonly RegExp[]>> = {
	'it changes how memory is allocated, not what is in it': [
		/: GFP_\w+ is 0 in/,
		/mapping_set_gfp_mask/,
	],
	'it changes a message or an assertion': [
		/: pr_info\(.* deleted/,
		/: lockdep_assert_held\(.* deleted/,
	],
	'another function makes the same test: dax_get_private() returns NULL for a dead device, and iput() for NULL':
		[
			/^fs_dax_get: !dax_alive\(dax_dev\) in .* left out/,
			/^put_dax: return; deleted/,
			/^put_dax: \(!dax_dev\) false/,
		],
	'it changes a member of the inode that no call reads': [
		/^dax_dev_get: inode->i_\w+ = .* deleted/,
		/^dax_dev_get: (?:S_IFCHR|S_DAX) is 0 in/,
	],
	'it changes the hash of a lookup, which then compares the number': [
		/^dax_dev_get: (?:DAXFS_MAGIC|31) is .* iget5_locked/,
	],
	'a later store of the same function, or of dax_set(), has the last word': [
		/^dax_alloc_inode: inode->i_rdev = 0; deleted/,
		/^dax_alloc_inode: 0 is 1 in inode->i_rdev = 0/,
	],
	'caches of x86 have no aliases': [/^alloc_dax: .*(?:cpu_dcache_is_aliasing|EOPNOTSUPP)/],
	'numbers do not run out: two devices need two': [
		/^alloc_dax: \(minor < 0\) false/,
		/^alloc_dax: return ERR_PTR\(-ENOMEM\); deleted$/,
		/^alloc_dax: -ENOMEM is \S+ in return ERR_PTR\(-ENOMEM\);$/,
	],
	'alloc_dax() takes the lowest free number, and one that leaks for want of memory is above those of all devices':
		[/^alloc_dax: ida_free\(.* deleted/],
	'every inode that is freed has a number: the VFS here makes none in vain': [
		/^dax_free_inode: \(inode->i_rdev\) true/,
	],
	'the contents of a copy, and the cache that it goes through, are no part of the contract of a device':
		[/^dax_copy_\w+: .*DAXDEV_NO/, /^dax_copy_\w+: return _copy_.*(?:flushcache|mc_).* deleted/],
};

/** Edits that read a variable without a value, which may be the right one: alive in some runs only. */
const BY_CHANCE: readonly RegExp[] = [
	/^alloc_dax: (?:minor|devt) = .* deleted/,
	/^dax_\w+: return .*; deleted/,
];

/** Fewer mean that edits are not made, or not judged. */
const MIN_KILLED = 300;

interface Tally {
	killed: number;
	unfit: number;
	alive: number;
}

export async function edits(): Promise<Section> {
	const title = "small edits of 7.3's super.c: what the vectors tell apart";
	const tallies = new Map<string, Tally>();
	const unused = new Set(Object.values(ALIVE).flat());
	const wrong: string[] = [];
	for await (const { edit, result } of judgeEdits('7.3', FUNCTIONS)) {
		const [name = ''] = edit.name.split(':', 1);
		const tally = tallies.get(name) ?? { killed: 0, unfit: 0, alive: 0 };
		tally[result.fate]++;
		tallies.set(name, tally);
		if (result.fate !== 'alive') continue;
		const reasons = [...Object.values(ALIVE).flat(), ...BY_CHANCE].filter((each) =>
			each.test(edit.name),
		);
		if (reasons.length === 0)
			wrong.push(`${edit.name}: write a vector that fails it, or list it with a reason`);
		for (const each of reasons) unused.delete(each);
	}
	for (const pattern of unused) wrong.push(`${pattern} is listed as alive: every edit is killed`);
	const all = [...tallies.values()];
	const sum = (fate: keyof Tally): number => all.reduce((total, each) => total + each[fate], 0);
	const row = (name: string, { killed, unfit, alive }: Tally): string[] =>
		[name, killed, unfit, alive].map(String);
	if (sum('killed') < MIN_KILLED) wrong.push(`fewer than ${MIN_KILLED} edits are killed`);
	return {
		title,
		notes: [
			'Each statement deleted, each condition negated or constant, each constant changed. killed: a vector fails; unfit: it',
			'does not compile or boot; alive: no vector tells it from the file, and test/bench/edits.ts has the reason.',
		],
		header: ['function', 'killed', 'unfit', 'alive'],
		rows: [
			...[...tallies].map(([name, tally]) => row(name, tally)),
			row('all', { killed: sum('killed'), unfit: sum('unfit'), alive: sum('alive') }),
		],
		wrong,
	};
}
