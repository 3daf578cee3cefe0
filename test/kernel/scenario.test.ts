// SPDX-License-Identifier: MIT
/** The removal scenario: a driver unbound under a mounted filesystem. */
import t from 'tap';
import { readRemoval } from '../../implementations/kernel/removal';
import { needs } from '../needs';
import { tool } from '../tool';

const LIVE = needs('live kernel');

const line = (name: string, rest = '') =>
	` sh-1 [000] ..... 1.0: ${name}: (${name}+0x0/0x10)${rest}`;
const told = (flags: number) =>
	line('told', ` offset=0 length=18446744073709551615 flags=${flags}`);
const KILLED = line('killed');
const PUT = line('put');
const problems = (...lines: string[]) => readRemoval('x', lines.join('\n')).problems;

t.test('reports each unmet expectation of a trace', async (t) => {
	t.same(problems(told(128), KILLED, PUT, 'removed'), []);
	const cases: readonly [string[], RegExp][] = [
		[[told(128), KILLED, PUT], /did not reach its end/],
		[[KILLED, PUT, 'removed'], /notified 0 times/],
		[[told(128), told(128), KILLED, PUT, 'removed'], /notified 2 times/],
		[[told(0), KILLED, PUT, 'removed'], /flags 0, expected the whole device and MF_MEM_PRE_REMOVE/],
		[[told(128), PUT, 'removed'], /kill_dax\(\) was not called/],
		[[told(128), KILLED, 'removed'], /0 calls of fs_put_dax/],
		[[told(128), PUT, KILLED, 'removed'], /before its removal/],
		[[told(128), KILLED, line('warned'), PUT, 'removed'], /1 WARNs, expected none/],
	];
	for (const [lines, problem] of cases) t.match(problems(...lines).join('\n'), problem);
});

t.test('Linux 6.12 notifies the holder once and does not warn', LIVE, async (t) => {
	const { code, out, err } = await tool(['guest', 'scenario', 'removal', '6.12']);
	t.match({ code, err }, { code: 0, err: '' });
	t.match(out, /^PASS .*\n.*: offset 0 length U64_MAX flags MF_MEM_PRE_REMOVE\n$/);
});

t.test('in Linux 7.3 the removal does not end in time (docs/findings.md)', LIVE, async (t) => {
	const { code, out } = await tool(['guest', 'scenario', 'removal', '7.3']);
	t.equal(code, 1);
	t.match(out, /: offset 0 length U64_MAX flags MF_MEM_PRE_REMOVE\n/);
	t.match(out, /does not end within 30 s; it is in: .*mf_dax_kill_procs xfs_dax_failure_fn/);
	t.notMatch(out, /WARN/);
});

t.test('Linux 6.1 notifies the holder with flags 0', LIVE, async (t) => {
	const { code, out } = await tool(['guest', 'scenario', 'removal', '6.1']);
	t.equal(code, 1);
	t.match(out, /^FAIL .*\n.*flags 0\n.*\(DAXV-0022\)\n$/);
});

t.test('is not-run or skipped where it cannot run', async (t) => {
	t.match(await tool(['guest', 'scenario', 'removal', 'nowhere']), {
		code: 125,
		err: /^NOT-RUN {2}no folder nowhere/,
	});
	t.match(await tool(['guest', 'scenario', 'arrival']), { code: 129, err: /scenarios: removal/ });
});
