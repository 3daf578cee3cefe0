// SPDX-License-Identifier: MIT
/** Diagrams of failures in columns of plain ASCII. */
import t from 'tap';
import type { Execution } from '../../implementations/implementation';
import { diagram } from '../../runner/diagram/columns';
import type { Event } from '../../schema/types/execution';
import { caseOf, reference } from '../cases';

/** Diagram of a case on a revision or mutant, under one schedule. */
async function drawn(id: string, name: string, schedule: number[] = []): Promise<string[]> {
	const { program } = await caseOf(id);
	const [execution] = await reference(name).execute(program, [schedule]);
	return diagram(program, execution!);
}

t.test('shows the put/get race in two columns', async (t) => {
	const lines = await drawn('DAXV-0001/fs_dax_get_by_bdev', 'v6.0', [0, 0, 1]);
	t.strictSame(lines.slice(0, 5), [
		'release                         claim',
		'------------------------------  ---------------------------',
		'fs_put_dax(A)',
		'  holder_data A -> NULL',
		'                                fs_dax_get_by_bdev(B, B)',
	]);
	t.ok(lines.includes('                                  holder_ops A -> B (plain)'));
	t.ok(lines.includes('                                = ok'));
	t.equal(lines.at(-3), '  holder_ops B -> NULL (plain)', 'back in the first column');
});

t.test('prints warnings and faults below their cause, and waits last', async (t) => {
	const warned = await drawn('DAXV-0020', 'v3');
	const clash = warned.findIndex((line) => line.trim() === '*** WARN in fs_put_dax()');
	t.match(warned[clash - 1], /holder_data NULL/, 'after the value that it warns about');

	const nulled = await drawn('DAXV-0031', 'v6.0', [1, 1, 1, 1, 0, 0, 0, 0, 0]);
	const fault = nulled.findIndex((line) => line.trim() === '*** null-dereference');
	t.match(nulled[fault - 1], /holder_ops NULL/, 'after the pointer that was used');

	const waits = await drawn('DAXV-0047', 'merged');
	t.match(waits.at(-1), /^\*\*\* \w+ waits for ever: sync-end of dax_srcu$/);
});

t.test('indents a callback and its calls', async (t) => {
	const lines = await drawn('DAXV-0030', 'merged');
	const start = lines.findIndex((line) => line.includes('A.notify_failure('));
	t.match(lines[start], /^ {2}A\.notify_failure\(1048576, 8192, MF_ACTION_REQUIRED\)$/);
	t.match(lines[start + 1], /^ {4}dax_holder\(\)$/);
	t.match(lines[start + 2], /^ {6}holder_data A \(plain\)$/);
	t.match(lines[start + 4], /^ {2}= -EIO$/);
});

t.test('cuts columns that are too wide, for any number of threads', async (t) => {
	const { program } = await caseOf('DAXV-0001/fs_dax_get');
	for (const count of [1, 3, 12, 60]) {
		const agents = Array.from({ length: count }, (_, agent) => `${agent}${'x'.repeat(40)}`);
		const all = agents.map((_, agent) => agent);
		const events = all.map(
			(agent): Event => ({
				agent,
				op: 'return',
				object: 'fs_dax_get',
				marked: true,
				old: null,
				new: 'y'.repeat(200),
				site: 0,
				function: '',
				enabled: all,
			}),
		);
		const [good] = await reference().execute(program, [[]]);
		const lines = diagram(program, { ...good, agents, events } as Execution);
		t.equal(lines.length, 2 + count, `${count} agents`);
		for (const line of lines) if (line.length > 100) t.fail(`${line.length} characters`);
	}
});
