// SPDX-License-Identifier: MIT
/** Scenarios: steps in a guest, a driver unbound under a mounted filesystem among them. */
import { spawnSync } from 'node:child_process';
import t from 'tap';
import { recordsOf } from '../../runner/watch/records';
import { problemsOf, readScenario, scenarioNames, stepsScript } from '../../runner/watch/scenario';
import { situations } from '../../runner/watch/situations';
import type { ScenarioFile } from '../../schema/types/scenario';
import type { Footer } from '../../schema/types/watch';
import { needs } from '../needs';
import { tool } from '../tool';
import { recorded } from '../watch/recorded';

const LIVE = needs('live kernel');

t.test('every scenario follows its schema, and expects situations that exist', async (t) => {
	t.ok(scenarioNames().includes('removal'));
	const known = situations.map(({ name }) => name);
	for (const name of scenarioNames())
		for (const each of readScenario(name).expect.situations) t.ok(known.includes(each), each);
});

const scenarioOf = (...steps: ScenarioFile['steps']): ScenarioFile => ({
	...readScenario('removal'),
	steps: steps as ScenarioFile['steps'],
});

/** Runs steps with the sh of this system; gives what they report. */
const runHere = (...steps: ScenarioFile['steps']): string =>
	spawnSync('sh', ['-c', stepsScript(scenarioOf(...steps))], { encoding: 'utf8' }).stdout;

t.test('steps end at the first one that does not do what it must', async (t) => {
	t.match(runHere({ run: "echo 'a b'" }, { run: 'false', fails: true }), /^a b\n=steps done\n$/);
	t.match(runHere({ run: 'echo a; exit 3' }, { run: 'echo b' }), /^a\n=step 0 exited with 3\n$/);
	t.match(runHere({ run: 'true' }, { run: 'true', fails: true }), /^=step 1 exited with 0\n$/);
	t.match(runHere({ run: 'sleep 3', seconds: 1 }), /^=step 0 does not end within 1 s; it is in: /);
});

t.test('reports each unmet expectation', async (t) => {
	const scenario = readScenario('removal');
	const { findings, footer } = recordsOf(recorded('removal-6.12.txt'), true, 0);
	const calls = { ...footer.calls, fs_put_dax: 1 };
	const seen = { output: '=steps done\n', findings, footer: { ...footer, calls } };
	t.same(problemsOf(scenario, seen), []);
	const but = (changed: Partial<Footer>) =>
		problemsOf(scenario, { ...seen, footer: { ...seen.footer, ...changed } }).join('\n');
	t.match(but({ situations: [] }), /^expected a removal under a holder, which did not occur\n/);
	t.match(but({ calls: {} }), /^kill_dax\(\) was called 0 times, expected 1\n/);
	t.equal(but({ problems: ['lost: 3'] }), 'lost: 3');
	t.match(problemsOf(scenario, { ...seen, output: '' }).join(), /^the steps did not end/);
	const late = 'said\n=step 6 exited with 1\n';
	t.same(problemsOf(scenario, { ...seen, output: late }), ['"umount /mnt" exited with 1: said']);
	const { findings: broken } = recordsOf(recorded('callers-6.12.txt'), true, 0);
	t.match(problemsOf(scenario, { ...seen, findings: broken }).join('\n'), /\(DAXV-0013, /);
});

const scenario = (name: string, kernel: string) => tool(['guest', 'scenario', name, kernel]);

t.test('Linux 6.12 notifies the holder of a removal once and does not warn', LIVE, async (t) => {
	const { code, out, err } = await scenario('removal', '6.12');
	t.match({ code, err }, { code: 0, err: '' }, out);
	t.match(out, /^PASS .*\n[\s\S]*^ {6}a release after a removal: 1$/m);
});

for (const kernel of ['7.3', '7.2'])
	t.test(`in Linux ${kernel} the removal does not end (docs/findings.md)`, LIVE, async (t) => {
		const { code, out } = await scenario('removal', kernel);
		t.equal(code, 1);
		t.match(
			out,
			/unbind" does not end within 30 s; it is in: .*mf_dax_kill_procs xfs_dax_failure_fn/,
		);
		t.notMatch(out, /WARN/);
	});

t.test('Linux 6.1 notifies the holder with flags 0', LIVE, async (t) => {
	const { code, out } = await scenario('removal', '6.1');
	t.equal(code, 1);
	t.match(out, /^FAIL .*\n[\s\S]*with flags 0, .*\(DAXV-0022\)\n$/);
});

for (const name of ['mounts', 'failure'])
	for (const kernel of ['6.1', '6.12', '7.3'])
		t.test(`Linux ${kernel} passes the scenario ${name}`, LIVE, async (t) => {
			const { code, out } = await scenario(name, kernel);
			t.equal(code, 0, out);
		});

t.test('is not-run or skipped where it cannot run', async (t) => {
	t.match(await tool(['guest', 'scenario', 'removal', 'nowhere']), {
		code: 125,
		err: /^NOT-RUN {2}no folder nowhere/,
	});
	t.match(await tool(['guest', 'scenario', 'arrival']), {
		code: 129,
		err: /no scenario "arrival": use failure, mounts, removal, or a file/,
	});
});
