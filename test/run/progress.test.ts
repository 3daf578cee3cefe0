// SPDX-License-Identifier: MIT
/** Progress of a run on stderr. */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { Status } from '../../runner/run/progress';
import { Progress } from '../../runner/text/terminal';
import { tool } from '../tool';

t.test('the progress line counts cases and names the running case that began first', (t) => {
	const status = new Status(5);
	t.equal(status.text(), '0 of 5 done, 0 running, 5 left');
	status.begin('DAXV-0001', 'reference');
	status.begin('DAXV-0001', 'native');
	t.equal(status.text(), '0 of 5 done, 2 running, 3 left: DAXV-0001 on reference');
	status.explored('DAXV-0001', 'reference', 3, 7);
	status.explored('DAXV-0009', 'reference', 9, 9);
	t.match(status.text(), /left: DAXV-0001 on reference, 3 traces, 7 executions$/);
	status.end('DAXV-0001', 'reference');
	t.equal(status.text(), '1 of 5 done, 1 running, 3 left: DAXV-0001 on native');
	t.end();
});

/** A stream that records what is written to it. */
function stream(isTTY: boolean, columns = 80) {
	const lines: string[] = [];
	return { lines, isTTY, columns, write: (text: string) => lines.push(text) > 0 };
}

t.test(
	'without a terminal, progress writes a line at each interval, and none at the start',
	async (t) => {
		const to = stream(false);
		const progress = new Progress(to, { patience: 100, interval: 300, frame: 10 });
		let asked = 0;
		progress.follow(() => `asked ${++asked}`);
		t.strictSame(to.lines, [], 'none before the first interval ends');
		while (to.lines.length < 3) await sleep(20);
		t.match(to.lines.join(''), /^asked \d+\nasked \d+\nasked \d+\n$/);
		t.ok(asked > to.lines.length, 'fewer lines than calls');
		progress.stop();
		const { length } = to.lines;
		await sleep(400);
		t.equal(to.lines.length, length, 'none after stop()');
	},
);

t.test('on a terminal, progress rewrites one line and clears it at the end', (t) => {
	const to = stream(true, 30);
	const progress = new Progress(to, { patience: 0, interval: 1_000, frame: 0 });
	progress.update(`a line ${'that is long '.repeat(9)}`);
	t.equal(to.lines[0], '\r\u001b[Ka line that is long that is l', 'it does not wrap');
	progress.update('b');
	t.equal(to.lines[1], '\r\u001b[Kb');
	progress.stop();
	t.equal(to.lines[2], '\r\u001b[K');
	progress.stop();
	t.equal(to.lines.length, 3);
	t.end();
});

t.test('a long run shows its progress on stderr until Ctrl-C ends it', async (t) => {
	const long = ['run', 'DAXV-0055', 'DAXV-0056', '-i', 'reference:*', '--preemptions', '99'];
	const limits = ['--budget', '999999999', '--timeout', '600000'];
	const words =
		/^\d+ of \d+ done, \d running, \d+ left(: DAXV-\d+ on \S+(, \d+ traces, \d+ executions)?)?$/;
	let sent = false;
	const { code, out, err } = await tool([...long, ...limits], {
		watchErrors: (text, child) => {
			if (!sent && /traces, \d+ executions\n/.test(text)) sent = child.kill('SIGINT');
		},
	});
	t.equal(code, 130);
	const lines = err.trimEnd().split('\n');
	t.match(lines.at(-1), /left: DAXV-\d+ on reference\S*, \d+ traces, \d+ executions$/);
	for (const line of lines) t.match(line, words);
	t.notMatch(out, / left: /);
});

t.test('a short run shows no progress', async (t) => {
	t.match(await tool(['run', 'DAXV-0020']), { code: 0, err: '' });
});
