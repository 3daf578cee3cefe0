// SPDX-License-Identifier: MIT

import { defaults } from '../decide/defaults';
import { fromToken } from '../decide/replay-token';
import { diagram } from '../diagram/columns';
import { NotRealisedError } from '../explore/contract';
import { executor } from '../explore/execute';
import { judgeTrace, traceOf } from '../judge/judge-trace';
import { openLibrary } from '../library/library';
import { open } from '../registry';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';
import { address, type Command, text, UsageError } from './command';

export const replay: Command = {
	summary: 'show one execution again',
	usage: 'TOKEN [--implementation ADDRESS]',
	about: [
		'A token stands for one interleaving of one vector. It is refused when the vector is gone or its program has',
		'changed, because the interleaving would then mean something else. Exits 1 when the execution violates the vector.',
	].join('\n'),
	options: {
		implementation: address('where to replay it (default: what the token names, else reference)'),
	},
	examples: [
		['dax-vectors replay TOKEN', 'as printed below a failure'],
		['dax-vectors replay TOKEN -i reference', 'the same interleaving on the model of upstream'],
	],

	async run(words, values, { out, colors }) {
		const [word] = words;
		if (word === undefined || words.length > 1) throw new UsageError('replay takes one token');
		const token = fromToken(word);
		const { cases } = await openLibrary();
		const known = cases.filter(({ vector }) => vector.id === token.id);
		if (known.length === 0) throw new UserError(`foreign token: there is no vector ${token.id}`);
		const test = known.find(({ fingerprint }) => fingerprint === token.fingerprint);
		if (!test) throw new UserError(`stale token: the program of ${token.id} has changed since`);

		const address = text(values, 'implementation') ?? token.address ?? 'reference';
		const [opened, ...others] = open(address);
		const implementation = await (opened!.ready?.() ?? opened!);
		if (others.length > 0) throw new UsageError('replay takes one implementation');
		const missing = test.needs.calls.find((call) => !implementation.calls.includes(call));
		if (missing) throw new UsageError(`${address} has no ${missing}()`);

		out(`${colors.bold(test.id)}  ${test.vector.title}`);
		out(colors.dim(`on ${implementation.address}, ${implementation.description}`));
		out('');
		try {
			const { execute } = executor(implementation, test.program, defaults.timeout);
			const execution = (await execute([token.schedule]))[0]!;
			for (const line of diagram(test.program, execution)) out(line);
			out('');
			const { outcome, violations } = judgeTrace(test, traceOf(test, execution));
			if (outcome !== null) out(`outcome: ${outcome}`);
			for (const { expectation, message } of violations) {
				const { line } = test.source.line(expectation);
				out(
					`${colors.red(printable(message))}\n  ${test.source.file}:${line}: ${expectation.join('/')}`,
				);
			}
			return violations.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
		} catch (error) {
			if (!(error instanceof NotRealisedError)) throw error;
			out(`${error.message}\nThis implementation cannot follow the token's schedule.`);
			return CANNOT_TEST;
		} finally {
			await implementation.close?.();
		}
	},
};
