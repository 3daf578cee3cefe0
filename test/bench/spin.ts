// SPDX-License-Identifier: MIT
/** Compares the explorer with Spin on the same questions: Promela models, compiled to C and searched exhaustively. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../runner/text/package-root';
import { type Answer, build, firstLine, SEARCH } from './pan';
import { caseOf, decide, implementationOf, KILL_PUT_GET, MERGED, OLD, PUT_GET } from './problems';
import { figure, type Section, sideBySide } from './section';

const SAMPLES = 9;
/** Samples of whole runs of the command line, which take longer. */
const PROCESS_SAMPLES = 3;

/** Questions for both tools. asserted and expected are parts of the assertion and expectation that fail on OLD. */
const QUESTIONS = [
	{ name: 'put||get', model: 'put-get', id: PUT_GET, asserted: 'holder_ops', expected: '/ops' },
	{
		name: 'kill||put||get',
		model: 'kill-put-get',
		id: KILL_PUT_GET,
		asserted: 'owed',
		expected: 'is-told/',
	},
] as const;

export async function spin(): Promise<Section> {
	const title = 'spin: its verifier on the same questions';
	const [version, compiler] = [firstLine('spin', '-V'), firstLine('gcc', '--version')];
	const rows: string[][] = [];
	const wrong: string[] = [];
	if (version === null || compiler === null)
		return { title, notes: ['not-run: spin (apt-get install spin gcc)'], header: [], rows, wrong };

	const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-bench-'));
	try {
		for (const question of QUESTIONS)
			for (const address of [OLD, MERGED])
				rows.push(...(await compare(folder, question, address, wrong)));
	} finally {
		rmSync(folder, { recursive: true });
	}
	const any = await sideBySide({ process: () => execFileSync('true') }, SAMPLES);
	rows.push(['', '', 'true', '', '', figure(any.process), '', '']);
	return {
		title,
		notes: [
			`${version}; ${compiler}.`,
			'spin: a Promela model written by hand (test/bench/promela), translated to C (generate), compiled with gcc -O2',
			`-DSAFETY (compile; both once), searched completely in a process (run: pan ${SEARCH.join(' ')}), with and without`,
			'its partial-order reduction. It stores visited states and finds whether an assertion can fail.',
			'explorer: the TypeScript reference through source-dpor; stores no states; every trace executed twice, validated and',
			`judged, the failure explained. warm: repeated in one process; process: the whole command (median of ${PROCESS_SAMPLES}).`,
			`Times in ms; spin and warm take turns, median of ${SAMPLES}. The row of true is the time to start any process here.`,
		],
		header: ['program', 'on', 'tool', 'generate', 'compile', 'run', 'searched', 'verdict'],
		rows,
		wrong,
	};
}

/** Longer than 60 lines: both tools take turns, and each adds its rows. */
async function compare(
	folder: string,
	{ name, model, id, asserted, expected }: (typeof QUESTIONS)[number],
	address: string,
	wrong: string[],
): Promise<string[][]> {
	const verifier = await build(folder, model, address === OLD ? ['-DOLD_PUT'] : []);
	const answers: Partial<Record<'reduced' | 'full', Answer>> = {};
	const test = await caseOf(id);
	const implementation = implementationOf(address);
	let result = await decide(test, implementation);
	const times = await sideBySide(
		{
			reduced: () => {
				answers.reduced = verifier.search('reduced');
			},
			full: () => {
				answers.full = verifier.search('full');
			},
			warm: async () => {
				result = await decide(test, implementation);
			},
		},
		SAMPLES,
	);
	const command = ['./dist/runner/cli.js', 'run', id, '-i', address];
	const whole = await sideBySide(
		{ process: () => execFileSync(process.execPath, command, { cwd: packageRoot, stdio: 'pipe' }) },
		PROCESS_SAMPLES,
	);

	const should = address === MERGED;
	const verdict = (holds: boolean) => (holds ? 'holds' : 'violated');
	const rows = (['reduced', 'full'] as const).map((which) => {
		const { holds, violated, states } = answers[which]!;
		if (holds !== should || !violated.every((what) => what.includes(asserted)))
			wrong.push(`spin: ${name} on ${address} ${verdict(holds)}: ${violated.join(', ')}`);
		return [
			which === 'reduced' ? 'spin' : 'spin -DNOREDUCE',
			figure(verifier.generate),
			figure(verifier.compile[which]),
			figure(times[which]),
			`${states} states`,
			verdict(holds),
		];
	});

	const { completeness, failures, reason } = result;
	const holds = result.verdict === 'pass';
	if (
		result.verdict !== (should ? 'pass' : 'fail') ||
		!failures.every(({ expectation }) => expectation.includes(expected))
	)
		wrong.push(`explorer: ${id} on ${address} is ${result.verdict}: ${reason}`);
	for (const [tool, time] of Object.entries({ warm: times.warm, process: whole.process }))
		rows.push([
			`explorer, ${tool}`,
			'',
			'',
			figure(time),
			`${completeness.traces} traces`,
			verdict(holds),
		]);
	return rows.map((row) => [name, address, ...row]);
}
