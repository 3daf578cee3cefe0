// SPDX-License-Identifier: MIT
import type { Implementation } from '../../implementations/implementation';
import { defaults } from '../decide/defaults';
import { fromToken } from '../decide/replay-token';
import { diagram } from '../diagram/columns';
import { NotRealised } from '../explore/contract';
import { executor } from '../explore/execute';
import { judgeTrace, traceOf } from '../judge/judge-trace';
import { type Case, compile } from '../library/compile';
import { loadVector } from '../library/load';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { command, implementation, unconfined } from './command';
import { defaultAddress } from './kernel-tree';
import { openOne } from './open';
import { UsageError } from './option';
import { openOwnLibrary } from './vector-words';

type Token = ReturnType<typeof fromToken>;

export const replay = command({
	summary: 'show one execution again',
	usage: 'TOKEN [FILE] [--implementation ADDRESS]',
	about: [
		'A token stands for one interleaving of one vector; run prints one below each failure. It is refused when the vector',
		'is gone or its program has changed, because it would mean another interleaving then. FILE is the vector of a token that',
		'the library does not have. Exits 1 when the execution violates the vector.',
	].join('\n'),
	options: {
		implementation: implementation(
			'default: the one in the token, else the kernel tree around you, else reference',
		),
		unconfined,
	},
	examples: [
		['dax-vectors replay TOKEN', 'as printed below a failure'],
		['dax-vectors replay TOKEN -i reference', 'the same interleaving on the model of upstream'],
	],

	async run(words, values, terminal) {
		const [word, file] = words;
		if (word === undefined || words.length > 2)
			throw new UsageError('replay takes one token, and the file of its vector');
		const token = fromToken(word);
		const test = await caseOf(token, file, terminal);
		const address = values.implementation ?? token.address ?? defaultAddress();
		const opened = await openOne(address, { unconfined: values.unconfined });
		const missing = test.needs.calls.find((call) => !opened.calls.includes(call));
		if (missing) throw new UsageError(`${address} has no ${missing}()`);

		const { out, colors } = terminal;
		out(`${colors.bold(test.id)}  ${test.vector.title}`);
		out(colors.dim(`on ${opened.address}, ${opened.description}`));
		out('');
		try {
			return await replayOn(test, token, opened, terminal);
		} catch (error) {
			if (!(error instanceof NotRealised)) throw error;
			out(`${error.message}\nThis implementation cannot follow the token's schedule.`);
			return CANNOT_TEST;
		} finally {
			await opened.close?.();
		}
	},
});

/** The case of a token. Throws UsageError for a token of another library. */
async function caseOf(
	{ id, fingerprint }: Token,
	file: string | undefined,
	terminal: Terminal,
): Promise<Case> {
	const cases =
		file === undefined ? (await openOwnLibrary(terminal)).cases : compile(loadVector(file));
	const known = cases.filter(({ vector }) => vector.id === id);
	if (known.length === 0) throw new UsageError(`foreign token: this library has no vector ${id}`);
	const test = known.find((each) => each.fingerprint === fingerprint);
	if (!test)
		throw new UsageError(
			`stale token: the program of ${id} has changed: run it again for a new token`,
		);
	return test;
}

/** Executes the schedule and prints the interleaving, the outcome and the violations; gives the exit code. */
async function replayOn(
	test: Case,
	{ schedule }: Token,
	implementation: Implementation,
	{ out, colors }: Terminal,
): Promise<number> {
	const { executeOne } = executor(implementation, test.program, defaults.timeout);
	const execution = await executeOne(schedule);
	for (const line of diagram(test.program, execution)) out(line);
	out('');
	const { outcome, violations } = judgeTrace(test, traceOf(test, execution));
	if (outcome !== null) out(`outcome: ${outcome}`);
	for (const { expectation, message } of violations) {
		const { line } = test.source.line(expectation);
		out(colors.red(printable(message)));
		out(`  ${test.source.file}:${line}: ${expectation.join('/')}`);
	}
	return violations.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
}
