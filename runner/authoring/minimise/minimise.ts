// SPDX-License-Identifier: MIT
/** Makes a failing vector smaller. */
import { type Document, parseDocument } from 'yaml';
import type { Implementation } from '../../../implementations/implementation';
import { decide, type Options } from '../../decide/decide';
import { compile } from '../../library/compile';
import { InvalidFile } from '../../library/diagnostic';
import { parseVector } from '../../library/load';
import { UserError } from '../../text/user-error';
import { descend } from './descend';
import { smaller } from './smaller';

interface Minimising {
	/** Name of the file, which holds the id. */
	readonly file: string;
	readonly text: string;
	readonly failing: Implementation;
	/** Where the smaller vector must not fail in a way that the original does not. */
	readonly others: readonly Implementation[];
	readonly options: Options;
	/** Receives the number of candidates so far. */
	readonly progress?: (tried: number) => void;
}

export interface Minimised {
	readonly text: string;
	/** The failure that is kept. */
	readonly message: string;
	/** Number of candidates. */
	readonly tried: number;
}

/**
 * Removes parts of a vector as long as the rest is valid, keeps the first failure and adds none. Throws InvalidFile,
 * and UserError when nothing fails.
 */
export async function minimise(minimising: Minimising): Promise<Minimised> {
	const { file, text, failing, others, options, progress } = minimising;
	const messages = (candidate: string, implementation: Implementation) =>
		messagesOf(parseCases(file, candidate), implementation, options);
	const original = await messages(text, failing);
	const [message] = original;
	if (message === undefined) throw new UserError(`${file}: nothing fails on ${failing.address}`);
	const allowed = new Map([[failing, original]]);
	for (const other of others) allowed.set(other, await messages(text, other));

	let tried = 0;
	const failsAlike = async (document: Document): Promise<boolean> => {
		progress?.(++tried);
		const candidate = print(document);
		try {
			if (!(await messages(candidate, failing)).has(message)) return false;
			for (const [implementation, known] of allowed)
				for (const found of await messages(candidate, implementation))
					if (!known.has(found)) return false;
			return true;
		} catch (error) {
			if (error instanceof InvalidFile) return false;
			throw error;
		}
	};
	const start = parseDocument(text);
	const least = await descend(start, smaller, failsAlike);
	// An unchanged vector keeps its layout.
	return { text: least === start ? text : print(least), message, tried };
}

const print = (document: Document): string =>
	document.toString({ lineWidth: 0, flowCollectionPadding: false });

const parseCases = (file: string, text: string) => compile(parseVector(file, Buffer.from(text)));

/** Messages of the failures of all variants, and verdicts other than pass, fail and skip. */
async function messagesOf(
	cases: ReturnType<typeof compile>,
	implementation: Implementation,
	options: Options,
): Promise<ReadonlySet<string>> {
	const messages = new Set<string>();
	for (const test of cases) {
		const { verdict, failures } = await decide(test, implementation, options);
		if (verdict === 'fail') for (const { message } of failures) messages.add(message);
		else if (verdict !== 'pass' && verdict !== 'skip') messages.add(verdict);
	}
	return messages;
}
