// SPDX-License-Identifier: MIT
import { readFileSync, writeFileSync } from 'node:fs';
import type { Implementation } from '../../implementations/implementation';
import { minimise } from '../authoring/minimise/minimise';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { type Case, compile } from '../library/compile';
import { loadVector } from '../library/load';
import { type OpenOptions, open } from '../registry';
import { CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import type { Terminal } from '../text/terminal';
import { assertUsable } from './open';

interface MinimiseOptions {
	/** Where the vector fails; without it, the newest revision of the reference that fails it. */
	readonly address: string | undefined;
	/** Writes the smaller vector to the file instead of printing it. */
	readonly write: boolean;
	/** Lets the code of a native tree make any system call. */
	readonly unconfined: boolean;
}

/** Makes the vector of a file smaller; gives the exit code. */
export async function minimiseFile(
	file: string,
	{ address, write, unconfined }: MinimiseOptions,
	{ out, error, progress }: Terminal,
): Promise<number> {
	const failing = await firstFailing(compile(loadVector(file)), address ?? 'reference:*', {
		unconfined,
	});
	if (!failing) {
		error(`${file}: nothing fails: name an implementation where it does with --implementation`);
		return DOES_NOT_CONFORM;
	}
	const others = open('reference').filter((merged) => merged.address !== failing.address);
	try {
		const text = readFileSync(file, 'utf8');
		const smaller = await minimise({
			file,
			text,
			failing,
			others,
			options: defaults,
			progress: (tried) => progress.update(`${tried} smaller vectors tried`),
		});
		if (write) writeFileSync(file, smaller.text);
		else out(smaller.text.trimEnd());
		error(
			`${file}: ${lineCount(text)} lines are ${lineCount(smaller.text)}, after ${smaller.tried} tries; on ${failing.address} still: ${smaller.message}`,
		);
		return CONFORMS;
	} finally {
		await failing.close?.();
	}
}

const lineCount = (text: string): number => text.trimEnd().split('\n').length;

/** The last implementation of an address on which a case fails: of revisions, the newest. Closes the others. */
async function firstFailing(
	cases: readonly Case[],
	address: string,
	options: OpenOptions,
): Promise<Implementation | undefined> {
	for (const opened of open(address, options).reverse()) {
		const implementation = assertUsable(await (opened.ready?.() ?? opened));
		for (const test of cases)
			if ((await decide(test, implementation, defaults)).verdict === 'fail') return implementation;
		await implementation.close?.();
	}
	return undefined;
}
