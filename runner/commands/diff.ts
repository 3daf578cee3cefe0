// SPDX-License-Identifier: MIT
import { CONFORMS, DOES_NOT_CONFORM } from '../exit-code';
import { type Change, compare, type Kind } from '../report/compare';
import { openReport, type Report } from '../report/read';
import type { Colors } from '../terminal';
import { printable } from '../vector/errors';
import { type Command, UsageError } from './command';

export const diff: Command = {
	summary: 'show what changed between two reports',
	usage: 'BEFORE AFTER',
	about: [
		'Reads two JSON Lines reports of "run --reporter json" and shows, by id and implementation, only what changed:',
		'verdicts, outcomes seen, how much was explored, expectations that fail, ids that are new or gone.',
		'',
		'Exits 1 when something that is scored was green and is not any more. Two reports about one implementation each are',
		'compared whatever its address is, such as those of two kernel trees.',
	].join('\n'),
	options: {},
	examples: [
		['dax-vectors run -i native:. -r json > after.jsonl', 'a report of a kernel tree'],
		[
			'dax-vectors diff <(dax-vectors run -i reference:v3 -r json) <(dax-vectors run -r json)',
			'since series V3',
		],
	],

	async run(words, _values, { out, colors }) {
		if (words.length !== 2) throw new UsageError('diff takes two reports: BEFORE AFTER');
		const [before, after] = words.map(openReport) as [Report, Report];
		const changes = compare(before, after);
		for (const line of surroundings(before, after)) out(colors.dim(line));
		for (const line of table(changes, after, colors)) out(line);
		const has = (kind: Kind) => changes.filter((change) => change.kind === kind).length;
		const kinds = kindNames.filter(([kind]) => has(kind) > 0);
		const parts = kinds.map(([kind, one, many]) => `${has(kind)} ${has(kind) === 1 ? one : many}`);
		if (changes.length > 0) out('');
		out(parts.join(', ') || 'nothing changed');
		return has('regression') > 0 ? DOES_NOT_CONFORM : CONFORMS;
	},
};

const kindNames: readonly (readonly [Kind, string, string])[] = [
	['regression', 'regression', 'regressions'],
	['fixed', 'fixed', 'fixed'],
	['changed', 'changed otherwise', 'changed otherwise'],
	['new', 'new', 'new'],
	['gone', 'gone', 'gone'],
];

/** What differs around the results, which may explain them. */
function* surroundings(before: Report, after: Report): Generator<string> {
	const about = ({ header, footer }: Report): [string, string][] => [
		['implementation', header.implementations.map(({ address }) => address).join(', ')],
		['dax-vectors', header.version],
		['library', header.library],
		['shard', header.shard ? `${header.shard.index}/${header.shard.of}` : 'all'],
		...Object.entries(header.options).map(([name, value]): [string, string] => [name, `${value}`]),
		// Also of a run that was interrupted, or whose list of known failures is stale.
		['exit code', String(footer.exit)],
	];
	const old = about(before);
	let any = false;
	for (const [index, [name, value]] of about(after).entries()) {
		if (value === old[index]![1]) continue;
		any = true;
		yield `${name}: ${printable(old[index]![1])} -> ${printable(value)}`;
	}
	if (any) yield '';
}

function* table(changes: readonly Change[], { header }: Report, colors: Colors): Generator<string> {
	const several = header.implementations.length > 1;
	const name = ({ id, implementation }: Change) =>
		printable(several ? `${id} ${implementation}` : id);
	const width = Math.max(0, ...changes.map((change) => name(change).length));
	const paint: Record<Kind, (text: string) => string> = {
		regression: colors.red,
		fixed: colors.green,
		changed: colors.yellow,
		new: colors.bold,
		gone: colors.bold,
	};
	for (const change of changes) {
		const { kind, before, after, details } = change;
		const verdicts = [before, after].map((result) =>
			result ? `${result.verdict}${result.scored ? '' : ' (open)'}` : '',
		);
		const [old, current] = verdicts;
		const verdict = old === current ? old! : [old, current].filter(Boolean).join(' -> ');
		yield `${paint[kind](kind.padEnd(10))} ${name(change).padEnd(width)}  ${verdict}`;
		for (const [what, text] of details)
			yield `${' '.repeat(11)}${colors.dim(what.padEnd(9))} ${printable(text)}`;
	}
}
