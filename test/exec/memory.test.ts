// SPDX-License-Identifier: MIT
/** However much an adapter writes, the runner's memory does not grow with it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';

const script = join(packageRoot, 'test/exec/broken/adapter.js');

/** Mebibytes of memory that a runner may take. Without an adapter it takes about 80; a line may have 16. */
const LIMIT = 300;
/** And where a line is whole, and valid JSON of nothing but objects, each of which takes 60 bytes. */
const OBJECTS = 1_000;

const cases: readonly (readonly [how: string, limit: number, answer: RegExp])[] = [
	['honest', LIMIT, /^1 executions$/],
	['100 MB line', LIMIT, /^error: a line is longer than 16 MiB$/],
	['1 GB line', LIMIT, /^error: a line is longer than 16 MiB$/],
	['256 MB log', LIMIT, /^1 executions$/],
	['as many objects as a line holds', OBJECTS, /^error: malformed results/],
];

/** Asks an adapter once, in a process of its own, and says what came of it and what that took. */
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
	t.test(how, async (t) => {
		const command = `${process.execPath} ${script} "${how}" '${EXECUTION}'`;
		const env = { ...process.env, NODE_OPTIONS: undefined };
		const out = execFileSync(process.execPath, ['-e', runner(command)], { env, encoding: 'utf8' });
		const [said, megabytes] = JSON.parse(out) as [string, number];
		t.match(said, answer);
		t.ok(megabytes < limit, `${megabytes} MiB`);
	});
