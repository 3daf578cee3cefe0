// SPDX-License-Identifier: MIT
/** Changes between two reports, as data and as text. */
import type { Diff, ResultChange } from '../../schema/types/diff';
import type { Result } from '../../schema/types/report';
import { printable } from '../text/printable';
import type { Colors } from '../text/terminal';
import { type CompareOptions, compare, type Kind } from './compare';
import { CONFORMS, DOES_NOT_CONFORM } from './exit-codes';
import type { Report } from './read';

export function diffReports(before: Report, after: Report, options: CompareOptions): Diff {
	const verdict = (result: Result | null) =>
		result && { verdict: result.verdict, scored: result.scored };
	const changes = compare(before, after, options).map(
		({ kind, id, implementation, ...change }) => ({
			kind,
			id,
			implementation,
			before: verdict(change.before),
			after: verdict(change.after),
			details: change.details.map(([name, text]) => ({ name, text })),
		}),
	);
	return {
		format: 1,
		tool: 'dax-vectors',
		before: before.file,
		after: after.file,
		implementations: after.header.implementations.map(({ address }) => address),
		around: around(before, after),
		changes,
		exit: changes.some(({ kind }) => kind === 'regression') ? DOES_NOT_CONFORM : CONFORMS,
	};
}

/** Differences of the headers and exit codes, which may explain those of the results. */
function around(before: Report, after: Report): Diff['around'] {
	const about = ({ header, footer }: Report): [string, string][] => [
		['implementation', header.implementations.map(({ address }) => address).join(', ')],
		['dax-vectors', header.version],
		['library', header.library],
		['shard', header.shard ? `${header.shard.index}/${header.shard.of}` : 'all'],
		['profile', header.selection.profile ?? 'none'],
		['ids', header.selection.ids.join(' ') || 'all'],
		['tags', header.selection.tags.join(' ') || 'all'],
		...Object.entries(header.options).map(([name, value]): [string, string] => [name, `${value}`]),
		['exit code', String(footer.exit)],
	];
	const old = new Map(about(before));
	return about(after).flatMap(([name, text]) =>
		text === old.get(name) ? [] : [{ name, before: old.get(name) ?? '', after: text }],
	);
}

/** Words of a kind after the number 1 and after any other number. */
const words: Readonly<Record<Kind, readonly [one: string, more: string]>> = {
	regression: ['regression', 'regressions'],
	fixed: ['fixed', 'fixed'],
	'open-fails': ['open vector fails now', 'open vectors fail now'],
	'open-holds': ['open vector holds now', 'open vectors hold now'],
	changed: ['changed otherwise', 'changed otherwise'],
	new: ['new', 'new'],
	gone: ['gone', 'gone'],
};

export function* diffText(found: Diff, colors: Colors): Generator<string> {
	const { around, changes } = found;
	for (const { name, before, after } of around)
		yield colors.dim(`${name}: ${printable(before)} -> ${printable(after)}`);
	if (around.length > 0) yield '';
	yield* table(found, colors);
	if (changes.length > 0) yield '';
	const parts = Object.entries(words).flatMap(([kind, [one, more]]) => {
		const count = changes.filter((change) => change.kind === kind).length;
		return count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];
	});
	yield parts.join(', ') || 'nothing changed';
}

function* table({ changes, implementations }: Diff, colors: Colors): Generator<string> {
	const several = implementations.length > 1;
	const name = ({ id, implementation }: ResultChange) =>
		printable(several ? `${id} ${implementation}` : id);
	const width = Math.max(0, ...changes.map((change) => name(change).length));
	const paint: Record<Kind, (text: string) => string> = {
		regression: colors.red,
		fixed: colors.green,
		'open-fails': colors.red,
		'open-holds': colors.green,
		changed: colors.yellow,
		new: colors.bold,
		gone: colors.bold,
	};
	for (const change of changes) {
		const { kind, before, after, details } = change;
		const [old, current] = [before, after].map((result) =>
			result ? `${result.verdict}${result.scored ? '' : ' (open)'}` : '',
		);
		const verdict = old === current ? old! : [old, current].filter(Boolean).join(' -> ');
		yield `${paint[kind](kind.padEnd(10))} ${name(change).padEnd(width)}  ${verdict}`;
		for (const { name: what, text } of details)
			yield `${' '.repeat(11)}${colors.dim(what.padEnd(9))} ${printable(text)}`;
	}
}
