// SPDX-License-Identifier: MIT
/** Checks that parser and interpreter report each error with its place, and evaluate conditions of every kind. */
import t from 'tap';
import { models } from '../../runner/memory/models';
import { parseLitmus } from './parse';
import { observe } from './verdict';

const whole = (body: string, condition = 'exists (x=1)') =>
	`C test\n\n{}\n\nP0(int *x, int *y)\n{\n${body}\n}\n\n${condition}\n`;

t.test('reports a syntax error with file, line and column', async (t) => {
	for (const [source, message] of [
		['X86 test\n{}\n', /^f:1:1: a C litmus test begins/],
		['C test\n{}\nexists (x=1)\n', /^f:3:1: expected P0/],
		['C test\n{ x=1; x=2; }\nP0(int *x) {}\nexists (x=1)\n', /x is set twice/],
		[whole('\tint r0\n'), /^f:9:1: expected ";", not "}"/],
		[whole('\twhile (1) {}'), /^f:7:12: expected ";", not "\{"/],
		[whole('\tx + 1 = 2;'), /^f:7:4: expected "=", not "\+"/],
		[whole('\t3 = 2;'), /^f:7:2: this cannot be assigned to/],
		[whole('\tx = @;'), /^f:7:6: unexpected "@"/],
		[whole('', 'exists (x=)'), /expected a number, not "\)"/],
		[whole('', 'exists (x=1) y'), /nothing after the condition, not "y"/],
		[whole('', 'always (x=1)'), /expected "exists", not "always"/],
		[whole('').replace('P0', 'P1'), /expected P0/],
	] as const)
		t.throws(() => parseLitmus('f', source), { message }, String(message));
});

t.test('rejects a statement that it cannot interpret', async (t) => {
	for (const [body, message] of [
		['\tsmp_mb(1);', /smp_mb\(\) takes 0 arguments, not 1/],
		['\tfrobnicate(x);', /^f:7:2: frobnicate\(\) is not supported/],
		['\tint r0 = smp_mb();', /smp_mb\(\) returns nothing/],
		['\tWRITE_ONCE(x, 1);', /expected \*location/],
		['\tint r0 = r1;', /r1 has no value here/],
		['\tx = 1;', /x is not a register/],
		['\trcu_read_unlock();', /no rcu_read_lock\(\) before this/],
		['\tsrcu_read_unlock(x, 0);', /did not come from srcu_read_lock/],
		['\tint r0 = 1;\n\tint r1 = READ_ONCE(*r0);', /1 is not an address/],
	] as const) {
		const litmus = parseLitmus('f', whole(body));
		t.throws(() => observe(litmus, models.lkmm), { message }, String(message));
	}
});

t.test('evaluates forall, filter, locations and not', async (t) => {
	const answer = (source: string) => observe(parseLitmus('f', source), models.lkmm);
	const body = '\tint r0 = READ_ONCE(*y);\n\tWRITE_ONCE(*x, 1);';
	t.match(answer(whole(body, 'forall (x=1 /\\ 0:r0=0)')), { observation: 'Always', states: 1 });
	t.match(answer(whole(body, 'filter (x=2)\nexists (x=1)')), { observation: 'Never', states: 0 });
	t.match(answer(whole(body, 'locations [x; 0:r0]\n~exists (not (x!=0))')), {
		observation: 'Never',
	});
});
