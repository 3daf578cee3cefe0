// SPDX-License-Identifier: MIT
/** Makes a vector smaller as long as it fails the same way where it failed, and nowhere else in another. */
import { type Document, parseDocument } from 'yaml';
import type { Implementation } from '../../../implementations/implementation';
import { decide, type Options } from '../../decide/decide';
import { compile } from '../../library/compile';
import { InvalidFile } from '../../library/diagnostic';
import { parseVector } from '../../library/load';
import { descend } from './descend';
import { smaller } from './smaller';

export interface Minimised {
	readonly text: string;
	/** What still fails. */
	readonly message: string;
	/** Smaller vectors that were tried. */
	readonly tried: number;
}

/**
 * file is the vector's name, for its id. failing is where it fails; the others are those where the smaller one must not
 * fail in what the original passes. Throws InvalidFile; gives undefined when nothing fails.
 */
export async function minimise(
	file: string,
	text: string,
	failing: Implementation,
	others: readonly Implementation[],
	options: Options,
	progress: (tried: number) => void = () => {},
): Promise<Minimised | undefined> {
	const first = await messagesOf(file, text, failing, options);
	const [wanted] = first;
	if (wanted === undefined) return undefined;
	const allowed = new Map<Implementation, ReadonlySet<string>>([[failing, first]]);
	for (const other of others) allowed.set(other, await messagesOf(file, text, other, options));

	let tried = 0;
	const fails = async (document: Document): Promise<boolean> => {
		progress(++tried);
		const candidate = print(document);
		try {
			const messages = await messagesOf(file, candidate, failing, options);
			if (!messages.has(wanted)) return false;
			for (const [implementation, known] of allowed)
				for (const message of await messagesOf(file, candidate, implementation, options))
					if (!known.has(message)) return false;
			return true;
		} catch (error) {
			// What lint refuses is no vector.
			if (error instanceof InvalidFile) return false;
			throw error;
		}
	};
	const start = parseDocument(text);
	const least = await descend(start, smaller, fails);
	// Unchanged, it is given back as it was written.
	const result = least === start ? text : print(least);
	return { text: result, message: wanted, tried };
}

const print = (document: Document): string =>
	document.toString({ lineWidth: 0, flowCollectionPadding: false });

/** What the failures of a vector say, those of all its variants. */
async function messagesOf(
	file: string,
	text: string,
	implementation: Implementation,
	options: Options,
): Promise<Set<string>> {
	const messages = new Set<string>();
	for (const test of compile(parseVector(file, Buffer.from(text)))) {
		const { verdict, failures } = await decide(test, implementation, options);
		if (verdict === 'fail') for (const { message } of failures) messages.add(message);
		else if (verdict !== 'pass' && verdict !== 'skip') messages.add(verdict);
	}
	return messages;
}
