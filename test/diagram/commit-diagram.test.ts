// SPDX-License-Identifier: MIT
/** Diagrams for commit messages, and the interleaving that they show. */
import t from 'tap';
import { exampleInterleaving, revisionResults } from '../../runner/authoring/revisions';
import { COMMIT_WIDTH, commitDiagram } from '../../runner/diagram/commit-diagram';
import type { Step } from '../../schema/types/report';
import { caseOf, small } from '../cases';

const start = { alive: true, holder: null, ops: null };
const step = (lane: number, object: string, depth = 0, op: Step['op'] = 'call'): Step => ({
	lane,
	depth,
	op,
	object,
	...(op === 'call' && { args: 'A' }),
});

t.test('shows two columns side by side, indented', async (t) => {
	const cases = [await caseOf('DAXV-0001/fs_dax_get_by_bdev')];
	const { lanes, caption } = await exampleInterleaving(cases, await revisionResults(cases));
	t.equal(
		caption,
		'DAXV-0001/fs_dax_get_by_bdev on v7.1: ops is null at the end, expected B',
		'the newest revision that fails',
	);
	t.strictSame(commitDiagram(lanes), [
		'  release                         claim',
		'  ------------------------------  ---------------------------',
		'  fs_put_dax(A)',
		'    holder_data A -> NULL',
		'                                  fs_dax_get_by_bdev(B, B)',
		'                                    srcu_read_lock',
		'                                    flags true',
		'                                    i_count 2 -> 3',
		'                                    holder_data NULL -> B',
		'                                    holder_ops A -> B (plain)',
		'                                    srcu_read_unlock',
		'                                  = ok',
		'    holder_ops B -> NULL (plain)',
		'    i_count 3 -> 2',
		'  return',
	]);
});

t.test('columns overlap when they do not fit side by side', async (t) => {
	const name = 'a_function_with_a_name_of_40_characters_';
	const lines = commitDiagram({
		threads: ['one', 'two', 'three'],
		start,
		steps: [0, 1, 2].map((lane) => step(lane, name)),
	});
	t.strictSame(lines, [
		'  one                   two  three',
		`  ${'-'.repeat(20)}  ${'-'.repeat(3)}  ${'-'.repeat(43)}`,
		`  ${name}(A)`,
		`${' '.repeat(24)}${name}(A)`,
		`${' '.repeat(29)}${name}(A)`,
	]);
});

t.test('breaks a long step and cuts a long word', async (t) => {
	const words = Array.from({ length: 12 }, () => 'twelve_chars').join(' ');
	const lines = commitDiagram({
		threads: ['one'],
		start,
		steps: [step(0, words, 1), step(0, 'x'.repeat(99)), step(0, '\u001b[2Jé', 0, 'fault')],
	});
	t.ok(lines.every((line) => line.length <= COMMIT_WIDTH));
	t.match(lines[2], /^ {4}twelve_chars/);
	t.match(lines[3], /^ {8}twelve_chars/);
	t.match(lines.at(-2), /x~$/);
	t.equal(lines.at(-1), '  *** ?[2J?');
});

t.test('without a failure, shows the first named order or no preemption', async (t) => {
	const body = `
holders: {A: {}}
device: {alive: true, holder: null, ops: null}
threads: {one: [{call: fs_dax_get_by_bdev, holder: A, ops: A}], two: [{call: dax_holder, as: seen}]}
outcomes: {any: {results: {seen: [A, null]}, warnings: none}}
`;
	const orders = 'orders: {second: {steps: [{run: two}]}, third: {steps: [{run: one}]}}\n';
	for (const [text, expected, threads] of [
		[body, 'no thread is interrupted', [0, 1]],
		[body + orders, 'order second', [1, 0]],
	] as const) {
		const cases = [small(text)];
		const { caption, lanes } = await exampleInterleaving(cases, await revisionResults(cases));
		t.equal(caption, `DAXV-9999 on v7.3: ${expected}`);
		t.same([...new Set(lanes.steps.map(({ lane }) => lane))], threads);
	}
});
