// SPDX-License-Identifier: MIT
/** Hostile adapters: each hostile text in each place is refused, or printed without control characters. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openExec } from '../../implementations/exec';
import { parse } from '../../implementations/exec/protocol';
import {
	type Execution,
	type Implementation,
	NoAnswer,
} from '../../implementations/implementation';
import { decide } from '../../runner/decide/decide';
import { reporters } from '../../runner/report';
import { packageRoot } from '../../runner/text/package-root';
import type { Header, Result } from '../../schema/types/report';
import { answering } from '../bad-implementations/bad';
import { caseOf, OPTIONS, reference } from '../cases';
import { hostile, obeyed } from '../hostile';
import { report, written } from '../records';
import { tool } from '../tool';

const ID = 'DAXV-0001/fs_dax_get_by_bdev';
const folder = mkdtempSync(join(tmpdir(), 'dax-adapters-'));
t.teardown(() => rmSync(folder, { recursive: true }));

/** Puts a text into each place of an execution. */
const places: Readonly<Record<string, (execution: Execution, text: string) => void>> = {
	agent: ({ agents }, text) => {
		agents[0] = text;
	},
	'another agent': ({ agents }, text) => void agents.push(text),
	function: ({ events }, text) => {
		for (const event of events) event.function = text;
	},
	source: ({ events }, text) => {
		for (const event of events) event.source = text;
	},
	object: ({ events }, text) => {
		events.at(-2)!.object = text;
	},
	value: ({ events }, text) => {
		events.at(-2)!.new = text;
	},
	result: ({ results }, text) => {
		results[0]!.value = text;
	},
	holder: ({ device }, text) => {
		device.holder = text;
	},
	'holder at the start': ({ start }, text) => {
		start.holder = text;
	},
	warning: ({ warnings }, text) => void warnings.push({ function: text, agent: 0, event: 0 }),
	callback: ({ callbacks }, text) =>
		void callbacks.push({ holder: text, offset: 0, length: 1, flags: 0, agent: 0, event: 0 }),
	'who waits': ({ blocked }, text) => void blocked.push({ agent: 0, op: 'lock', object: text }),
};

/** Returns the problems of every reporter with a result. */
function wrongWith(result: Result, header: Partial<Header['implementations'][number]> = {}) {
	const [first, ...rest] = report([result]);
	const { implementations, ...head } = first as Header;
	const records = [{ ...head, implementations: [{ ...implementations[0]!, ...header }] }, ...rest];
	return Object.entries(reporters).flatMap(([name, factory]) => {
		const found = obeyed(written(factory, records), name);
		return found === undefined ? [] : [`${name}: ${found}`];
	});
}

for (const [place, put] of Object.entries(places))
	t.test(`hostile text as ${place} of an execution is harmless`, async (t) => {
		const test = await caseOf(ID);
		const model = reference('v6.12-stable');
		const wrong: string[] = [];
		const verdicts = new Set<string>();
		for (const [about, text] of hostile) {
			const implementation = answering((program, schedules) => {
				const executions = structuredClone(model.execute(program, schedules) as Execution[]);
				for (const each of executions) put(each, text);
				const answer = parse(JSON.stringify({ seq: '', answer: 'results', executions }));
				if ('wrong' in answer) throw new NoAnswer('error', answer.wrong);
				return executions;
			});
			const result = await decide(test, implementation, OPTIONS);
			verdicts.add(result.verdict);
			if (!['error', 'fail'].includes(result.verdict)) wrong.push(`${about}: ${result.verdict}`);
			if (result.reason.length > 20_500) wrong.push(`${about}: ${result.reason.length} characters`);
			for (const each of wrongWith(result)) wrong.push(`${about}, ${each}`);
		}
		t.same(wrong, [], [...verdicts].join());
	});

interface Said {
	readonly hello?: object;
	readonly answer?: object;
	readonly log?: string;
}

function command(name: string, said: Said): string {
	const file = join(folder, `${name}.json`);
	writeFileSync(file, JSON.stringify(said));
	return `${process.execPath} ${join(packageRoot, 'test/hostile/adapter.js')} ${file}`;
}

async function opened(name: string, said: Said): Promise<Implementation> {
	return openExec(command(name, said), { close: 300 })!.ready!();
}

const everything = hostile.map(([, text]) => text.slice(0, 200)).join('\n');
const errored = { answer: 'errored', message: everything };

t.test('hostile text in the answer to hello is refused', async (t) => {
	const test = await caseOf(ID);
	const accepted = hostile.filter(([, text]) => !('wrong' in greeted({ name: text })));
	t.ok(accepted.length > 10);
	for (let at = 0; at < accepted.length; at += 3) {
		const [name, version, description] = [0, 1, 2].map((index) => accepted[at + index]?.[1] ?? '');
		const implementation = await opened('hello', {
			hello: { name, version, description },
			answer: errored,
		});
		const result = await decide(test, implementation, OPTIONS);
		t.equal(result.verdict, 'crash');
		const { revision } = implementation;
		t.same(wrongWith(result, { description: implementation.description, revision }), []);
		await implementation.close!();
	}
	for (const [about, text] of hostile) {
		for (const key of ['name', 'version', 'description', 'target', 'calls', 'limits']) {
			const answer = greeted({
				[key]: key === 'calls' ? [text] : key === 'limits' ? { [text]: 1 } : text,
			});
			if ('wrong' in answer) t.same(wrongWith(await failing(answer.wrong)), [], `${about}: ${key}`);
			else if (key === 'target') t.match(text, /^[A-Za-z0-9][\w.-]*$/, about);
		}
	}

	async function failing(reason: string): Promise<Result> {
		const implementation = answering(() => {
			throw new NoAnswer('error', reason);
		});
		return decide(test, implementation, OPTIONS);
	}
});

const greeted = (other: object) =>
	parse(
		JSON.stringify({
			...{ seq: '', answer: 'hello', protocol: 1, name: '', version: '' },
			...{ calls: [], fields: [], explores: true, limits: {} },
			...other,
		}),
	);

t.test('hostile text in reasons, messages and logs is harmless', async (t) => {
	const test = await caseOf(ID);
	const said: [string, Said, string][] = [
		['skipped', { answer: { answer: 'skipped', reason: everything } }, 'skip'],
		['errored', { answer: errored, log: everything }, 'crash'],
		['log', { answer: { answer: everything }, log: everything }, 'error'],
	];
	for (const [name, each, verdict] of said) {
		const implementation = await opened(name, each);
		const result = await decide(test, implementation, OPTIONS);
		t.equal(result.verdict, verdict);
		t.same(wrongWith(result), [], name);
		await implementation.close!();
	}
});

t.test('run prints no control character of an adapter', async (t) => {
	const hello = { name: '##[error]injected', version: '::error::injected', target: 'constructor' };
	const word = command('tool', { hello, answer: errored, log: everything });
	for (const args of [
		['adapter', 'check', word],
		['run', ID, '-i', `exec:${word}`],
		['run', ID, '-i', `exec:${word}`, '-i', 'reference', '-r', 'json'],
	]) {
		const { code, out, err } = await tool(args);
		t.not(code, 0);
		t.notMatch(err, /internal error/);
		t.equal(obeyed(out + err), undefined, args.join(' '));
	}
});

/** Hostile numbers, as JSON text: Number() changes some of them. */
const NUMBERS: readonly (readonly [refs: string, verdict: string])[] = [
	['1', 'pass'],
	['1.0', 'pass'],
	['10e-1', 'pass'],
	['-0', 'fail'],
	['-1', 'fail'],
	['1e400', 'error'],
	['-1e400', 'error'],
	['1e-400', 'fail'],
	['9007199254740993', 'fail'],
	['-1e300', 'fail'],
	['0.5', 'error'],
	['"0"', 'error'],
	['"NaN"', 'error'],
	['NaN', 'error'],
	['0x10', 'error'],
	['null', 'error'],
	['[0]', 'error'],
	['{"valueOf":0}', 'error'],
	['true', 'error'],
];

t.test('gives malformed and extreme numbers a bad verdict', async (t) => {
	const test = await caseOf('DAXV-0007');
	for (const [refs, verdict] of NUMBERS) {
		const implementation = answering((program, schedules) => {
			const executions = reference().execute(program, schedules) as Execution[];
			const text = JSON.stringify({ seq: '', answer: 'results', executions });
			const answer = parse(text.replace(/"refs":1\b/g, `"refs":${refs}`));
			if ('wrong' in answer) throw new NoAnswer('error', answer.wrong);
			return (answer as { executions: unknown[] }).executions;
		});
		const result = await decide(test, implementation, OPTIONS);
		t.equal(result.verdict, verdict, `refs ${refs}: ${result.reason}`);
	}
	for (const limit of ['-1', '0', '1e400', '0.5', '"1"', 'null'])
		for (const name of ['batch', 'threads', 'schedule']) {
			const line = `{"seq":"","answer":"hello","protocol":1,"name":"","version":"","calls":[],"fields":[],"explores":true,"limits":{"${name}":${limit}}}`;
			t.match(parse(line), { wrong: /^malformed hello: \/limits/ }, `${name} ${limit}`);
		}
});

t.test('refuses lists of a million entries', async (t) => {
	for (const list of [
		`[${'0,'.repeat(4e6)}0]`,
		`[${Array.from({ length: 1e6 }, (_, index) => index).join()}]`,
		`[${'{},'.repeat(4e6)}0]`,
		`[${'"run_dax",'.repeat(1e6)}0]`,
	])
		for (const key of ['calls', 'fields']) {
			const other = { calls: '[]', fields: '[]', [key]: list };
			const line = `{"seq":"","answer":"hello","protocol":1,"name":"","version":"","calls":${other.calls},"fields":${other.fields},"explores":true,"limits":{}}`;
			t.match(parse(line), { wrong: /^malformed hello: / }, `${key} ${list.slice(0, 12)}`);
		}
});
