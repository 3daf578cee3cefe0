// SPDX-License-Identifier: MIT
/** run --update-known-failures: collects the results of a whole run and rewrites the lists of known failures. */
import { relative } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import { givenList, listFile } from '../known-failures/list';
import type { updateKnownFailures } from '../known-failures/update';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { UsageError } from './option';
import type { RunValues } from './run-options';

export interface ListUpdate {
	add(result: Result): void;
	write(library: readonly Case[], terminal: Terminal): void;
}

/** Undefined without the option. Throws UsageError for a part of the library, or a list that implementations share. */
export function listUpdate(
	words: readonly string[],
	values: RunValues,
	implementations: readonly Implementation[],
): ListUpdate | undefined {
	if (!values['update-known-failures']) return undefined;
	refusePart(words, values);
	const given = values['known-failures'];
	const lists = implementations.map(({ address, target }) => ({
		address,
		target,
		file: given === undefined ? listFile(target) : givenList(given),
	}));
	const shared = lists.find(({ file }, index) => lists.findIndex((l) => l.file === file) < index);
	if (shared)
		throw new UsageError(
			`--update-known-failures: ${relative(process.cwd(), shared.file)} is the list of several: give one --implementation`,
		);
	const results: Result[] = [];
	return {
		add: (result) => void results.push(result),
		write(library, { out, error }) {
			// With a reporter, stdout holds the report.
			const print = values.reporter === undefined ? out : error;
			// Loaded here, because it needs the yaml package.
			const known =
				require('../known-failures/update') as typeof import('../known-failures/update');
			for (const { address, target, file } of lists) {
				const own = results.filter(({ implementation }) => implementation === address);
				const changes = known.updateKnownFailures(file, target, own, library);
				const shown = printable(relative(process.cwd(), file));
				for (const line of changeLines(changes)) print(`${shown}: ${line}`);
			}
		},
	};
}

/** A list that is updated from a part of the library would lose the entries of the rest. */
function refusePart(words: readonly string[], { tag, profile, shard }: RunValues): void {
	const part = [
		...(words.length > 0 ? ['ids'] : []),
		...(tag.length > 0 ? ['--tag'] : []),
		...(profile === undefined ? [] : ['--profile']),
		...(shard === undefined ? [] : ['--shard']),
	];
	if (part.length > 0)
		throw new UsageError(`--update-known-failures takes a whole run: leave out ${part.join(', ')}`);
}

type Changes = ReturnType<typeof updateKnownFailures>;

function* changeLines({ removed, recorded, added }: Changes): Generator<string> {
	if (removed.length > 0) yield `removed ${removed.join(', ')}`;
	if (recorded.length > 0)
		yield `recorded what fails in ${recorded.join(', ')}: check that the reason still holds`;
	if (added.length > 0)
		yield `added ${added.join(', ')}: add the reason and a link to where it is known from`;
	if (removed.length + recorded.length + added.length === 0) yield 'nothing to update';
}
