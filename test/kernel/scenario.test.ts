// SPDX-License-Identifier: MIT
/** Scenarios: steps in a guest, judged as a watch is. */
import { spawnSync } from 'node:child_process';
import t from 'tap';
import { recordsOf } from '../../runner/watch/records';
import { problemsOf, readScenario, scenarioNames, stepsScript } from '../../runner/watch/scenario';
import { situations } from '../../runner/watch/situations';
import type { ScenarioFile } from '../../schema/types/scenario';
import type { Footer } from '../../schema/types/watch';
import { revisionTree } from '../native/revisions';
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

/** Lines by which a kernel fails a scenario (docs/findings.md). */
const LEAK = /^FAIL.*\n( {6}a .*\n)+ {6}expected the end of a device, which did not occur\n$/;
const FLAGS = /^FAIL.*\n(.*\n)* {6}A was notified of kill_dax\(\) with flags 0, .*\(DAXV-0022\)\n$/;
const HANGS = /^FAIL.*\n(.*\n)*.*unbind" does not end within 10 s; it is in: .*mf_dax_kill_procs/;
const CRASHES = /^FAIL.*\n(.*\n)* {6}the kernel crashed:\n {6}BUG: .*NULL(.*\n)* {6}RIP: 0010:xfs_/;
const PASSES = /^PASS/;

const EVERYWHERE = {
	...{ mounts: PASSES, ext4: PASSES, 'dm-linear': PASSES, 'external-log': PASSES },
	...{ failure: PASSES, 'log-partition': LEAK },
};
/**
 * Outcomes by kernel and scenario. A hang or a crash ends the guest, so each kernel has one guest. 7.2 has few scenarios
 * because the others have the same outcome as in 7.3. The crash of these two takes up to twelve unmounts, which is too
 * uncertain for a test.
 */
const OUTCOMES: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
	'6.12': { ...EVERYWHERE, removal: PASSES, 'unmount-failure': CRASHES },
	'6.1': { ...EVERYWHERE, removal: FLAGS, 'unmount-failure': CRASHES },
	'7.3': { ...EVERYWHERE, removal: HANGS },
	'7.2': { 'dm-linear': PASSES, 'log-partition': LEAK, removal: HANGS },
};

for (const [kernel, expected] of Object.entries(OUTCOMES))
	t.test(`Linux ${kernel} passes the scenarios, but for its findings`, LIVE, async (t) => {
		const names = Object.keys(expected);
		const { code, out, err } = await tool(['guest', 'scenario', ...names, kernel]);
		t.match({ code, err }, { code: 1, err: '' });
		const texts = out.split(/^(?=PASS|FAIL)/m);
		t.equal(texts.length, names.length);
		for (const [index, name] of names.entries()) {
			t.match(texts[index], expected[name], name);
			t.match(texts[index], readScenario(name).title);
		}
	});

t.test('the put of series V3 warns of the late release of a stock xfs', LIVE, async (t) => {
	const { code, out } = await tool([
		'guest',
		'scenario',
		'removal',
		`6.12,super=${revisionTree('v3')}`,
	]);
	t.equal(code, 1, out);
	t.match(
		out,
		/^FAIL .*super\.c as a module of Linux 6\.12.*\n( {6}a.*\n)*.*\n {6}WARN in fs_put_dax\(\)/,
	);
});

t.test('is not-run or skipped where it cannot run', async (t) => {
	t.match(await tool(['guest', 'scenario', 'removal', 'nowhere']), {
		code: 125,
		err: /^NOT-RUN {2}no folder nowhere/,
	});
	t.match(await tool(['guest', 'scenario', 'arrival']), {
		code: 129,
		err: /no scenario "arrival": use dm-linear, ext4, .*, removal, unmount-failure, or a file/,
	});
	t.match(await tool(['guest', 'scenario']), { code: 129, err: /guest scenario NAME/ });
});
