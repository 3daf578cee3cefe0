// SPDX-License-Identifier: MIT
/** What run --update-known-failures does around a run: refuses what would tell half of it, and writes the lists. */
import { relative } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import { givenList, listFile } from '../known-failures/list';
import { updateKnownFailures } from '../known-failures/update';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { text, texts, UsageError, type Values } from './command';

export interface ListUpdate {
	see(result: Result): void;
	write(library: readonly Case[], terminal: Terminal): void;
}

/** Undefined when it is not asked for; throws UsageError. */
export function listUpdate(
	words: readonly string[],
	values: Values,
	implementations: readonly Implementation[],
): ListUpdate | undefined {
	if (!values['update-known-failures']) return undefined;
	const part = [
		...(words.length > 0 ? ['ids'] : []),
		...(texts(values, 'tag').length > 0 ? ['--tag'] : []),
		...(text(values, 'profile') === undefined ? [] : ['--profile']),
		...(text(values, 'shard') === undefined ? [] : ['--shard']),
	];
	if (part.length > 0)
		throw new UsageError(`--update-known-failures takes a whole run: leave out ${part.join(', ')}`);
	const given = text(values, 'known-failures');
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
	const seen: Result[] = [];
	return {
		see: (result) => void seen.push(result),
		write(library, { out, error }) {
			for (const { address, target, file } of lists) {
				const own = seen.filter(({ implementation }) => implementation === address);
				const { removed, recorded, added } = updateKnownFailures(file, target, own, library);
				const told = printable(relative(process.cwd(), file));
				// A report may be what stdout is for.
				const tell = values.reporter === undefined ? out : error;
				if (removed.length > 0) tell(`${told}: removed ${removed.join(', ')}`);
				if (recorded.length > 0)
					tell(
						`${told}: recorded what fails in ${recorded.join(', ')}: see that the reason still holds`,
					);
				if (added.length > 0)
					tell(`${told}: added ${added.join(', ')}: say why and where that is known from`);
				if (removed.length + recorded.length + added.length === 0)
					tell(`${told}: nothing to update`);
			}
		},
	};
}
