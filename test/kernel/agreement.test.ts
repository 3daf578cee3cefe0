// SPDX-License-Identifier: MIT
/**
 * A live kernel and the model agree on every vector: verdicts, outcomes and numbers of traces. The live kernel is
 * compiled with optimisation, so that two reads may be one.
 */
import t, { type Test } from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openKernel } from '../../implementations/kernel';
import { remote } from '../../implementations/kernel/ssh';
import { openNative } from '../../implementations/native';
import { decide } from '../../runner/decide/decide';
import { failureDiagram } from '../../runner/diagram/columns';
import type { Case } from '../../runner/library/compile';
import { caseOf, library, OPTIONS, reference } from '../cases';
import { debianTree } from '../native/debian';
import type { Edit } from '../native/edits';
import { revisionTree } from '../native/revisions';
import { needs } from '../needs';
import { applies, breakable } from './machines';

const LIVE = needs('live kernel');

const options = { ...OPTIONS, timeout: 300_000 };

/** Vectors that fail in a second read of the device's ops, which the compiler merges with the first. */
const MERGED_READS: readonly string[] = ['DAXV-0120', 'DAXV-0121'];

/** Vectors whose setup frees the device that a thread looks up: the module makes no other. */
const FREED_BEFORE: readonly string[] = ['DAXV-0097'];

async function verdictOf(test: Case, on: Implementation) {
	const { verdict, outcomes, failures, completeness } = await decide(test, on, options);
	return {
		verdict,
		outcomes: Object.keys(outcomes).sort(),
		expectations: failures.map(({ expectation }) => expectation).sort(),
		traces: completeness.traces,
	};
}

/** Compares all vectors that apply; gives their number. */
async function compare(t: Test, kernel: Implementation, ...expected: Implementation[]) {
	t.equal(kernel.obstacle, undefined, 'every check below needs a guest');
	let compared = 0;
	for (const test of await library()) {
		if ([...MERGED_READS, ...FREED_BEFORE].includes(test.vector.id)) continue;
		if (!applies(test, kernel)) continue;
		const verdict = await verdictOf(test, kernel);
		for (const other of expected)
			t.same(verdict, await verdictOf(test, other), `${test.id} on ${other.address}`);
		compared++;
	}
	return compared;
}

/** Opens a kernel and boots it, so that it knows its calls. */
const booted = async (rest: string): Promise<Implementation> => {
	const kernel = openKernel(rest);
	return (await kernel.ready?.()) ?? kernel;
};

t.test(
	'stock Linux 7.3 agrees with its own super.c and with the model of v7.3',
	LIVE,
	async (t) => {
		const kernel = await booted('7.3');
		const native = openNative(debianTree('7.3'));
		t.ok(kernel.calls.includes('fs_dax_get'), 'the module has a dev_dax that it accepts');
		t.ok(kernel.calls.includes('device_release_driver'), 'its driver is known');
		t.ok((await compare(t, kernel, native, reference('v7.3'))) >= 142);
		for (const [id, expected] of Object.entries({
			'DAXV-0001/fs_dax_get': { verdict: 'pass' },
			'DAXV-0020': { verdict: 'pass' },
			'DAXV-0055': { verdict: 'fail', failures: [{ expectation: 'warnings/fs_put_dax' }] },
			'DAXV-0093': {
				verdict: 'fail',
				failures: [{ expectation: 'rules/goes-with-it/device/ops' }],
			},
			'DAXV-0137/fs_dax_get': { verdict: 'pass' },
			'DAXV-0138': { verdict: 'pass', completeness: { traces: 2 } },
			'DAXV-0097/dax_dev_get': { verdict: 'skip', reason: /^its setup frees a device/ },
			'DAXV-0127': { verdict: 'skip', reason: /^no alloc_dax\(\): the module makes its devices/ },
		}))
			t.match(await decide(await caseOf(id), kernel, options), expected, id);
		await kernel.close?.();
		await native.close?.();
	},
);

t.test('stock Linux 6.12 agrees with the model of v6.12-stable', LIVE, async (t) => {
	const { implementation: kernel, guest, started } = breakable();
	t.ok((await compare(t, kernel, reference('v6.12-stable'))) > 50);
	t.equal(started(), 1, 'one boot for all vectors');
	const said = [...guest().lastLines(Infinity), await remote(guest().destination, 'dmesg')];
	t.match(said.join('\n'), /dax-vectors: ready.*Linux version/s, 'the console and the log');
	t.notMatch(said.join('\n'), /stall|lockup|hung|blocked for more than/i);
	await kernel.close?.();
});

t.test('stock Linux 6.1 agrees with its own super.c run in user space', LIVE, async (t) => {
	const kernel = await booted('6.1');
	const native = openNative(debianTree('6.1'));
	t.ok((await compare(t, kernel, native)) > 50);
	await kernel.close?.();
	await native.close?.();
});

t.test(
	'the merged file in a stock kernel is itself in user space, and passes what it fixed',
	LIVE,
	async (t) => {
		const tree = revisionTree('merged');
		const kernel = openKernel(`super=${tree}`);
		const native = openNative(tree);
		t.ok(
			(await compare(t, kernel, native)) > 80,
			'its fs_dax_get(), too, which takes the device lock',
		);
		for (const id of ['DAXV-0001/fs_dax_get', 'DAXV-0001/fs_dax_get_by_bdev', 'DAXV-0020'])
			t.match(await decide(await caseOf(id), kernel, options), { verdict: 'pass' }, id);
		await kernel.close?.();
		await native.close?.();
	},
);

t.test(
	'a thread that waits for a mutex is blocked, and a mutex never unlocked is a deadlock',
	LIVE,
	async (t) => {
		const keeps = { in: 'fs_dax_get', from: '	device_unlock(&dev_dax->dev);\n', to: '' };
		const tree = revisionTree('merged', [keeps]);
		const kernel = openKernel(`6.12,super=${tree}`);
		const native = openNative(tree);
		t.equal(kernel.obstacle, undefined);
		// The guest is usable after the deadlock.
		for (const id of ['DAXV-0012/fs_dax_get', 'DAXV-0003/fs_dax_get', 'DAXV-0012/fs_dax_get']) {
			const test = await caseOf(id);
			t.same(await verdictOf(test, kernel), await verdictOf(test, native), id);
		}
		const { failures } = await decide(await caseOf('DAXV-0012/fs_dax_get'), kernel, options);
		t.match(failures[0]!.message, /deadlock: \w+ waits in lock of device_lock/);
		await kernel.close?.();
		await native.close?.();
	},
);

t.test(
	'one function that reads flags twice has a double fetch, unlike two that the compiler inlined',
	LIVE,
	async (t) => {
		const twice: readonly Edit[] = [
			{
				in: 'fs_dax_get',
				from: '!dax_alive(dax_dev)',
				to: '!test_bit(0, &dax_dev->flags)',
			},
			{
				in: 'fs_dax_get',
				from: 'dev_dax = dax_get_private(dax_dev);',
				to: 'dev_dax = test_bit(0, &dax_dev->flags) ? dax_dev->private : NULL;',
			},
		];
		const tree = revisionTree('merged', twice);
		const kernel = openKernel(`super=${tree}`);
		const stock = openKernel('7.3');
		const native = openNative(tree);
		const test = await caseOf('DAXV-0039/fs_dax_get');
		const found = await verdictOf(test, native);
		t.ok(found.expectations.includes('outcomes/faults/double-fetch'));
		t.same(await verdictOf(test, kernel), found);
		await kernel.close?.();
		t.notOk((await verdictOf(test, stock)).expectations.some((name) => name.includes('double')));
		await stock.close?.();
		await native.close?.();
	},
);

t.test(
	'operations that are read twice, as in the source, are NULL at the second read of an unbind; read once, they are not',
	LIVE,
	async (t) => {
		const twice: readonly Edit[] = [
			{
				in: 'dax_direct_access',
				from: '!dax_dev->ops',
				to: '!READ_ONCE(dax_dev->ops)',
			},
			{
				in: 'dax_direct_access',
				from: 'dax_dev->ops->direct_access(',
				to: 'READ_ONCE(dax_dev->ops)->direct_access(',
			},
		];
		const tree = revisionTree('merged', twice);
		const kernel = openKernel(`super=${tree}`);
		const stock = openKernel('7.3');
		const native = openNative(tree);
		const [inside, outside] = [
			await caseOf('DAXV-0119/dax_direct_access'),
			await caseOf('DAXV-0120/dax_direct_access'),
		];
		const found = await verdictOf(outside, native);
		t.same(found.expectations, ['outcomes/faults/null-dereference']);
		t.same(await verdictOf(outside, kernel), found, 'and the guest survives it');
		t.match(await verdictOf(inside, kernel), { verdict: 'pass' }, 'a read section protects');
		await kernel.close?.();
		t.match(await verdictOf(outside, stock), { verdict: 'pass', traces: 3 });
		t.equal((await verdictOf(await caseOf('DAXV-0121'), stock)).verdict, 'pass');
		await stock.close?.();
		await native.close?.();
	},
);

t.test(
	'a call of an operation that the driver lacks is a call through NULL, not the end of the guest',
	LIVE,
	async (t) => {
		const untested = {
			in: 'dax_recovery_write',
			from: ' || !dax_dev->ops->recovery_write',
			to: '',
		};
		const tree = revisionTree('merged', [untested]);
		const kernel = openKernel(`super=${tree}`);
		const native = openNative(tree);
		const test = await caseOf('DAXV-0125');
		const found = await verdictOf(test, native);
		t.same(found.expectations, ['outcomes/faults/null-call']);
		t.same(await verdictOf(test, kernel), found);
		t.equal((await verdictOf(await caseOf('DAXV-0003/fs_dax_get'), kernel)).verdict, 'pass');
		await kernel.close?.();
		await native.close?.();
	},
);

t.test(
	'a call that changes the device that it is not about, where no breakpoint is, is not-run',
	LIVE,
	async (t) => {
		const before = '	if (!dax_dev)\n		return;\n';
		const clears = [
			'	static struct dax_device *first;',
			'	if (!first)',
			'		first = dax_dev;',
			'	if (first != dax_dev)',
			'		first->holder_data = NULL;',
		];
		const edit = { in: 'kill_dax', from: before, to: `${before}${clears.join('\n')}\n` };
		const kernel = openKernel(`super=${revisionTree('merged', [edit])}`);
		t.equal(kernel.obstacle, undefined);
		t.match(await decide(await caseOf('DAXV-0138'), kernel, options), {
			verdict: 'not-run',
			reason: /^the breakpoints .*, and kill_dax\(\) changed holder_data of the other: native/,
		});
		t.equal((await verdictOf(await caseOf('DAXV-0020'), kernel)).verdict, 'pass');
		await kernel.close?.();
	},
);

t.test('the V3 put in a stock kernel warns after a removal', LIVE, async (t) => {
	const kernel = openKernel(`super=${revisionTree('v3')}`);
	t.equal(kernel.obstacle, undefined);
	const { verdict, failures } = await decide(await caseOf('DAXV-0020'), kernel, options);
	t.equal(verdict, 'fail');
	t.match(
		failures.flatMap((each) => failureDiagram(each)).join('\n'),
		/^super\.c:\n[\s\S]*WARN.*:\d+/,
	);
	await kernel.close?.();
});
