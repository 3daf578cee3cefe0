// SPDX-License-Identifier: MIT
/**
 * An adapter with a defect: node adapter.js DEFECT EXECUTION [FILE]. It answers with the JSON text EXECUTION, and each
 * of its processes appends a byte to FILE.
 */
const { spawn } = require('node:child_process');
const { appendFileSync, closeSync, readFileSync, writeSync } = require('node:fs');
const { createInterface } = require('node:readline');

const [how, execution = '{}', log] = process.argv.slice(2);
if (log) appendFileSync(log, '.');
const starts = log ? readFileSync(log).length : 0;
const say = (text, to = 1) => {
	let at = 0;
	const bytes = Buffer.from(text);
	while (at < bytes.length) {
		try {
			at += writeSync(to, bytes, at);
		} catch (error) {
			if (error.code !== 'EAGAIN') throw error;
		}
	}
};
const megabytes = (count, to) => {
	const one = Buffer.alloc(1024 * 1024, 'x');
	for (let i = 0; i < count; i++) say(one, to);
};
const answer = (seq, rest) => say(`${JSON.stringify({ seq, ...rest })}\n`);
const forever = () => setInterval(() => {}, 1000);

const CALLS =
	'fs_dax_get fs_dax_get_by_bdev fs_put_dax put_dax kill_dax run_dax dax_holder_notify_failure dax_holder';
const hello = (seq, other = {}) =>
	answer(seq, {
		answer: 'hello',
		protocol: 1,
		name: 'broken',
		version: '1',
		calls: CALLS.split(' '),
		fields: ['holder_data', 'holder_ops', 'flags', 'i_count'],
		explores: true,
		limits: {},
		...other,
	});
const results = (seq, executions) => answer(seq, { answer: 'results', executions });
const raw = (seq, text) => say(`{"seq":"${seq}","answer":"results","executions":[${text}]}\n`);
/** The answer of an adapter without a defect: the same execution for each schedule. */
const honest = ({ seq, schedules }) => raw(seq, schedules.map(() => execution).join(','));

/** Defects in the answer to hello. */
const greetings = {
	'wrong version': (seq) => hello(seq, { protocol: 2 }),
	'exits at once': () => process.exit(3),
	'exits at once, with a log': () => {
		process.stderr.write('no such file: \u001b[31msuper.c\u001b[0m\n', () => process.exit(3));
	},
	'kills itself': () => process.kill(process.pid, 'SIGKILL'),
	'prints garbage': () => say('Segmentation fault\n'),
	'silent hello': () => forever(),
	'hostile name': (seq) => hello(seq, { name: '\u001b]0;owned\u0007' }),
	'hostile target': (seq) => hello(seq, { target: '../../../etc/passwd' }),
	'hostile prototype': (seq) =>
		say(`{"seq":"${seq}","answer":"hello","__proto__":{"polluted":true},"protocol":1}\n`),
	'runs freely': (seq) => hello(seq, { explores: false }),
	'another hello': (seq) => hello(seq, { name: `${process.pid}` }),
};
/** Defects in the answer to execute. */
const answers = {
	honest,
	'half a line': ({ seq }) => say(`{"seq":"${seq}","ans`),
	'half a line, then exits': ({ seq }) => {
		say(`{"seq":"${seq}","ans`);
		process.exit(0);
	},
	'1 GB line': () => megabytes(1024),
	'100 MB line': ({ seq }) => {
		say(`{"seq":"${seq}","answer":"errored","message":"`);
		megabytes(100);
		say('"}\n');
	},
	'as many objects as a line holds': ({ seq }) => raw(seq, `${'{},'.repeat(5_500_000)}{}`),
	'invalid UTF-8': ({ seq }) => {
		say(`{"seq":"${seq}","answer":"errored","message":"`);
		writeSync(1, Buffer.from([0xff, 0xc0, 0x80, 0x22, 0x7d, 0x0a]));
	},
	'no JSON': () => say('results: 1\n'),
	'another seq': ({ seq, schedules }) => honest({ seq: `${seq}0`, schedules }),
	'answers twice': (request) => {
		honest(request);
		honest(request);
	},
	'answers later once more': (request) => {
		if (previous) honest(previous);
		honest(request);
		previous = request;
	},
	'answers hello': ({ seq }) => hello(seq),
	'closes stdin': () => {
		process.stdin.destroy();
		try {
			closeSync(0);
		} catch {}
		forever();
	},
	'closes stdout': () => {
		closeSync(1);
		forever();
	},
	'closes stdout, then dies': () => {
		closeSync(1);
		setTimeout(() => process.kill(process.pid, 'SIGKILL'), 400);
	},
	exits: () => process.exit(0),
	'ignores SIGTERM': () => {
		process.on('SIGTERM', () => {});
		forever();
	},
	'leaves children': (request) => {
		// The child keeps its parent's pipes open and ignores every signal that it can ignore.
		const script = 'trap "" TERM HUP INT; while :; do sleep 1; done';
		spawn('sh', ['-c', script], { stdio: 'inherit' });
		setTimeout(() => honest(request), 50);
	},
	'leaves children and dies': () => {
		spawn('sh', ['-c', 'trap "" TERM; while :; do sleep 1; done'], { stdio: 'inherit' });
		setTimeout(() => process.exit(1), 50);
	},
	'dies twice': (request) => (starts > 2 ? honest(request) : process.exit(1)),
	'dies three times': (request) => (starts > 3 ? honest(request) : process.exit(1)),
	'says errored': ({ seq }) =>
		answer(seq, { answer: 'errored', message: 'out of \u001b[31mluck\u001b[0m\nand more' }),
	'says skipped': ({ seq }) => answer(seq, { answer: 'skipped', reason: '\u001b[2J\u202Eno' }),
	'skips later': (request) =>
		request.again ? answer(request.seq, { answer: 'skipped', reason: 'tired' }) : honest(request),
	'too few': ({ seq }) => results(seq, []),
	'hostile names': (request) =>
		raw(request.seq, execution.replaceAll('"function":"', '"function":"\\u001b[31m')),
	'hostile warning': (request) =>
		raw(
			request.seq,
			execution.replace(
				'"warnings":[]',
				'"warnings":[{"function":"\u202Efs_put_dax","agent":0,"event":0}]',
			),
		),
	'hostile keys': ({ seq }) => raw(seq, `{"__proto__":{"polluted":true},"constructor":1}`),
	'huge numbers': ({ seq }) =>
		raw(seq, execution.replace(/"refs":-?\d+/, `"refs":${'9'.repeat(400)}`)),
	'huge agent': ({ seq }) =>
		raw(seq, execution.replaceAll('"agent":0', '"agent":9007199254740991')),
	'deep nesting': ({ seq }) => raw(seq, '['.repeat(1_000_000) + ']'.repeat(1_000_000)),
	'many errors': ({ seq }) =>
		raw(seq, execution.replace('"events":[', `"events":[${'0,'.repeat(5_000_000)}`)),
	'endless log': (request) => {
		process.stderr.write('log '.repeat(5_000_000));
		honest(request);
	},
	'256 MB log': (request) => {
		megabytes(256, 2);
		honest(request);
	},
};

let seen = 0;
/** The previous request. */
let previous;
createInterface({ input: process.stdin }).on('line', (line) => {
	const request = JSON.parse(line);
	if (request.request === 'hello') (greetings[how] ?? hello)(request.seq);
	else (answers[how] ?? honest)({ ...request, again: seen++ > 0 });
});
if (how === 'never ends') forever();
