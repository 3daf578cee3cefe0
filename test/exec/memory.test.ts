// SPDX-License-Identifier: MIT
/** The memory of the runner stays below a limit, however much an adapter writes. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';

const script = join(packageRoot, 'test/exec/broken/adapter.js');

/** Mebibytes of memory that a runner may take. Without an adapter it takes about 80; a line may have 16. */
const LIMIT_MIB = 300;
/** Mebibytes for the longest line of valid JSON that consists of objects, each of which takes 60 bytes. */
const LIMIT_OBJECTS_MIB = 1_000;

const cases: readonly (readonly [how: string, limit: number, answer: RegExp])[] = [
	['honest', LIMIT_MIB, /^1 executions$/],
	['100 MB line', LIMIT_MIB, /^error: a line is longer than 16 MiB$/],
	['1 GB line', LIMIT_MIB, /^error: a line is longer than 16 MiB$/],
	['256 MB log', LIMIT_MIB, /^1 executions$/],
	['as many objects as a line holds', LIMIT_OBJECTS_MIB, /^error: malformed results/],
];

/** A script that asks an adapter once and prints the answer and the memory that it took. */
const runner = (command: string): string => `
	const { openExec } = require(${JSON.stringify(join(packageRoot, 'dist/implementations/exec'))});
	(async () => {
		const adapter = await openExec(${JSON.stringify(command)}).ready();
		const said = await adapter.execute({ threads: [] }, [[]]).then(
			(executions) => executions.length + ' executions',
			({ verdict, message }) => verdict + ': ' + message,
		);
		await adapter.close();
		console.log(JSON.stringify([said, process.resourceUsage().maxRSS >> 10]));
	})();`;

const EXECUTION = JSON.stringify({
	...{
		agents: ['a'],
		events: [],
		results: [],
		warnings: [],
		callbacks: [],
		faults: [],
		blocked: [],
	},
	start: { alive: true, holder: null, ops: null },
	device: { alive: true, holder: null, ops: null, refs: 0 },
	diverged: null,
});

for (const [how, limit, answer] of cases)
	t.test(`an adapter with "${how}" takes less than ${limit} MiB`, async (t) => {
		const command = `${process.execPath} ${script} "${how}" '${EXECUTION}'`;
		const env = { ...process.env, NODE_OPTIONS: undefined };
		const out = execFileSync(process.execPath, ['-e', runner(command)], { env, encoding: 'utf8' });
		const [said, megabytes] = JSON.parse(out) as [string, number];
		t.match(said, answer);
		t.ok(megabytes < limit, `${megabytes} MiB`);
	});
