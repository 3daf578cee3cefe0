// SPDX-License-Identifier: MIT
/** The summary of npm test. */
import t from 'tap';
import { IN_ALL, NOT_RUN } from './needs';
import { Summary } from './summary';

/** The summary of tap's output for one file with these lines. */
async function summary(lines: readonly string[], { ok = true, strict = false } = {}) {
	const printed: string[] = [];
	const summary = new Summary((text) => printed.push(text));
	const body = lines.map((line) => `    ${line}\n`).join('');
	summary.parser.end(
		`TAP version 14\n# Subtest: dist/test/a.test.js\n${body}${ok ? '' : 'not '}ok 1 - dist/test/a.test.js # time=1234.5ms\n1..1\n`,
	);
	return {
		printed,
		lines: summary.lines(),
		times: summary.times(),
		code: summary.exitCode(ok ? 0 : 1, strict),
	};
}

const GOOD = ['# Subtest: good', '    ok 1 - one', '    ok 2 - two', '    1..2', 'ok 1 - good'];
const BAD = [
	...['# Subtest: bad', '    # Subtest: inner', '        not ok 1 - one', '        1..1'],
	...['    not ok 1 - inner', '    1..1', 'not ok 2 - bad'],
];

t.test('counts tests, not their assertions', async (t) => {
	t.match(await summary([...GOOD, '1..1']), {
		printed: [],
		lines: ['1 passed, 0 failed'],
		times: ['    1.2 s  test/a.test.js'],
		code: 0,
	});
});

t.test('names each failed assertion once, and exits with 1', async (t) => {
	const failed = await summary([...GOOD, ...BAD, '1..2'], { ok: false });
	t.match(failed, { lines: ['1 passed, 1 failed'], code: 1 });
	t.same(failed.printed, ['FAIL  test/a.test.js > bad > inner > one']);
	const thrown = await summary([...GOOD, '1..1'], { ok: false });
	t.match(thrown, { lines: ['1 passed, 1 failed'], code: 1 }, 'an error outside of the tests');
	t.same(thrown.printed, ['FAIL  test/a.test.js']);
	t.match(await summary(['1..0']), { lines: ['0 passed, 0 failed'], code: 1 }, 'no test');
});

t.test('says what installs a missing program, for want of which CI fails', async (t) => {
	const missing = [...GOOD, `ok 2 - a # SKIP ${NOT_RUN}cc`, '1..2'];
	const lines = [
		'not run: no cc: apt-get install gcc libc6-dev binutils; 1 test would run with it',
		'1 passed, 0 failed, 1 skipped',
	];
	t.match(await summary(missing), { lines, code: 0 });
	t.match(await summary(missing, { strict: true }), { lines, code: 1 });
	const later = await summary([...GOOD, `ok 2 - a # SKIP ${IN_ALL}browser`, '1..2'], {
		strict: true,
	});
	t.match(later, { lines: ['1 test left to "npm run test:all"', /1 skipped$/], code: 0 });
	const done = await summary([...GOOD, 'ok 2 - a # SKIP filter: only', '1..2'], { strict: true });
	t.match(done, { lines: ['1 passed, 0 failed'], code: 0 }, 'a test that npm test ran');
});
