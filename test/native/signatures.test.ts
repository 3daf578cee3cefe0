// SPDX-License-Identifier: MIT
/** Trees whose calls have other signatures than the kernel's own since v6.0. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openNative } from '../../implementations/native';
import { decide } from '../../runner/decide/decide';
import { caseOf, library, OPTIONS } from '../cases';
import { needs } from '../needs';
import { debianTree, type Version } from './debian';
import { type Edit, editedTree } from './edits';
import { hostsByName } from './hosts-by-name';

const DAX_H = 'include/linux/dax.h';

const TREE = needs('cc', 'kernel source');

function open(version: Version, edits: readonly Edit[]) {
	const folder = mkdtempSync(join(tmpdir(), 'dax-signatures-'));
	return openNative(editedTree(debianTree(version), folder, edits));
}

/** A case's verdict, traces and reason on an implementation. */
async function resultOf(native: ReturnType<typeof openNative>, id: string) {
	const { verdict, completeness, reason } = await decide(await caseOf(id), native, OPTIONS);
	return { verdict, traces: completeness.traces, reason };
}

const allocOfFour: readonly Edit[] = [
	{
		from: 'struct dax_device *alloc_dax(void *private, const struct dax_operations *ops)\n{',
		to: 'struct dax_device *alloc_dax(void *private, const char *__host,\n\t\tconst struct dax_operations *ops, unsigned long flags)\n{',
	},
	{
		file: DAX_H,
		from: 'struct dax_device *alloc_dax(void *private, const struct dax_operations *ops);',
		to: 'struct dax_device *alloc_dax(void *private, const char *host,\n\t\tconst struct dax_operations *ops, unsigned long flags);',
	},
];
const bdevOfThree: readonly Edit[] = [
	{ from: '*bdev, u64 *start_off,\n\t\tvoid *holder,', to: '*bdev,\n\t\tvoid *holder,' },
	{
		in: 'fs_dax_get_by_bdev',
		from: '\tu64 part_size;\n',
		to: '\tu64 part_size, offset, *start_off = &offset;\n',
	},
	{
		file: DAX_H,
		from: 'struct dax_device *fs_dax_get_by_bdev(struct block_device *bdev, u64 *start_off,\n\t\tvoid *holder, const',
		to: 'struct dax_device *fs_dax_get_by_bdev(struct block_device *bdev,\n\t\tvoid *holder, const',
	},
];

t.test(
	'alloc_dax() of four arguments and fs_dax_get_by_bdev() of three give the same verdicts',
	TREE,
	async (t) => {
		const plain = open('6.12', []);
		const other = open('6.12', [...allocOfFour, ...bdevOfThree]);
		t.teardown(() => Promise.all([plain.close?.(), other.close?.()]));
		t.equal(other.obstacle, undefined);
		t.same(other.calls, plain.calls);
		t.match(await resultOf(other, 'DAXV-0113'), {
			verdict: 'skip',
			reason: "this tree's fs_dax_get_by_bdev() has no start_off",
		});
		const ids = (await library())
			.filter(({ program }) => !program.threads.some(({ calls }) => calls.some((c) => c.start_off)))
			.filter(({ needs }) => needs.calls.some((call) => /alloc_dax|by_bdev/.test(call)))
			.map(({ id }) => id);
		t.ok(ids.length > 10);
		for (const id of ids) t.same(await resultOf(other, id), await resultOf(plain, id), id);
	},
);

t.test('a call with an unknown signature is a skip that shows it', TREE, async (t) => {
	const native = open('7.3', [
		{
			from: 'int fs_dax_get(struct dax_device *dax_dev, void *holder,\n',
			to: 'int fs_dax_get(struct dax_device *dax_dev, int mode, void *holder,\n',
		},
		{
			file: DAX_H,
			from: ', void *holder);\nint fs_dax_get(struct dax_device *dax_dev, void *holder,\n',
			to: ', void *holder);\nint fs_dax_get(struct dax_device *dax_dev, int mode, void *holder,\n',
		},
	]);
	t.teardown(() => native.close?.());
	t.same(await resultOf(native, 'DAXV-0001/fs_dax_get'), {
		verdict: 'skip',
		traces: 0,
		reason:
			"no fs_dax_get(): this tree's has another signature, fs_dax_get(struct dax_device *dax_dev, int mode, void *holder, const struct dax_holder_operations *hops)",
	});
	t.match(await resultOf(native, 'DAXV-0001/fs_dax_get_by_bdev'), { verdict: 'pass' });
});

t.test(
	'an alloc_dax() with an unknown signature is a skip of the tree that shows it',
	TREE,
	(t) => {
		const edits = allocOfFour.map((edit) => ({
			...edit,
			to: edit.to.replace('const char *', 'int '),
		}));
		t.match(open('6.12', edits).obstacle, {
			verdict: 'skip',
			reason:
				/alloc_dax\(\) of this tree has another signature, alloc_dax\(void \*private, int __host, /,
		});
		t.end();
	},
);

t.test('an fs_dax_get() that needs dax_operations gets a device that has them', TREE, async (t) => {
	const demand: Edit = {
		in: 'fs_dax_get',
		from: '\tid = dax_read_lock();\n',
		to: '\tif (WARN_ON(!dax_dev->ops))\n\t\treturn -1;\n\n\tid = dax_read_lock();\n',
	};
	const native = open('7.3', [demand]);
	t.teardown(() => native.close?.());
	t.match(await resultOf(native, 'DAXV-0001/fs_dax_get'), { verdict: 'pass' });
	const { program } = await caseOf('DAXV-0001/fs_dax_get');
	const [execution] = await native.execute(program, [[]]);
	t.same(execution?.warnings, []);
	const set = (await library()).find(({ needs }) => needs.calls.includes('dax_set_ops'));
	t.match(await resultOf(native, set?.id ?? ''), {
		verdict: 'skip',
		reason:
			'no dax_set_ops(): fs_dax_get() of this tree needs a device that has dax_operations already',
	});
});

/** Cases that revive the device and claim it: kill_dax() of such a tree takes the name from the list for good. */
const REVIVED = ['DAXV-0018/fs_dax_get_by_bdev', 'DAXV-0042/fs_dax_get_by_bdev'];
const REVIVED_IN_A_RACE = 'DAXV-0076/fs_dax_get_by_bdev';

t.test(
	'a tree that finds devices by the name of their host gets the verdicts of 6.1',
	TREE,
	async (t) => {
		const plain = open('6.1', []);
		const other = open('6.1', hostsByName);
		t.teardown(() => Promise.all([plain.close?.(), other.close?.()]));
		t.equal(other.obstacle, undefined);
		t.notMatch(other.description, 'unknown words');
		const missing = plain.calls.filter((call) => !other.calls.includes(call));
		t.same(missing, ['dax_add_host', 'dax_remove_host']);
		let judged = 0;
		for (const test of await library()) {
			if (!test.needs.calls.every((call) => other.calls.includes(call))) continue;
			judged++;
			const { verdict, reason } = await decide(test, other, OPTIONS);
			if (REVIVED.includes(test.id)) t.equal(reason, 'got is null, expected ok', test.id);
			else if (test.id === REVIVED_IN_A_RACE) t.equal(verdict, 'fail', test.id);
			else t.equal(verdict, (await decide(test, plain, OPTIONS)).verdict, test.id);
		}
		t.ok(judged > 80, `${judged} cases`);
	},
);
