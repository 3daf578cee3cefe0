// SPDX-License-Identifier: MIT
import type { Implementation } from '../../implementations/implementation';
import type { Result } from '../../schema/types/report';
import type { Vector } from '../../schema/types/vector';
import { decide } from '../decide/decide';
import { defaults } from '../decide/defaults';
import { openLibrary } from '../library/library';
import { openMatrix } from '../registry';
import { DOES_NOT_CONFORM } from '../report/exit-codes';
import { isDecided } from '../report/verdicts';
import { type Command, UsageError } from './command';

export const matrix: Command = {
	summary: 'show which vector kills which seeded bug',
	usage: '[--expectations]',
	about: [
		'Runs every vector on every revision and on every mutant of the reference (merged with one call one line off).',
		'A normative vector that nothing fails, or a mutant that no vector fails, proves nothing: exits 1 then.',
		'A vector that must hold under a weaker memory model runs there too: 0060:lkmm fails there and not under sc.',
		'Only a failed expectation kills, never a crash or a harness error.',
	].join('\n'),
	options: { expectations: { type: 'boolean', about: 'say which expectation killed' } },
	examples: [
		['dax-vectors matrix', 'the kill matrix'],
		['dax-vectors matrix --expectations', 'with the expectation that did it'],
	],

	async run(words, values, { out, colors, progress }) {
		if (words.length > 0) throw new UsageError('matrix takes no ids: it runs everything');
		const { cases } = await openLibrary();
		const { revisions, mutants } = openMatrix();
		const kills = new Map<string, Kill[]>();
		const broken: Result[] = [];
		const merged = revisions.find(({ target }) => target === 'merged')!;
		for (const implementation of [...revisions, ...mutants]) {
			progress.update(
				`${kills.size} of ${revisions.length + mutants.length}: ${implementation.target}`,
			);
			const results: Kill[] = [];
			for (const test of cases) {
				const result = await decide(test, implementation, defaults);
				results.push(result);
				const { memory } = test.vector;
				if (!memory || result.verdict === 'fail') continue;
				results.push({ ...(await decide(test, implementation, { ...defaults, memory })), memory });
			}
			kills.set(
				implementation.target,
				results.filter(({ verdict }) => verdict === 'fail'),
			);
			broken.push(...results.filter(({ verdict }) => !isDecided(verdict)));
			await new Promise(setImmediate);
		}
		// What merged itself fails says nothing about a mutant of it, unless it fails another expectation.
		const excused = expectationsOf(kills.get(merged.target)!);
		for (const { target } of mutants)
			kills.set(
				target,
				kills.get(target)!.filter((result) => novel(result, excused)),
			);

		const list = (title: string, implementations: readonly Implementation[]) => {
			out(colors.bold(title));
			for (const { target, description } of implementations) {
				const by = kills.get(target)!;
				const ids = [...new Set(by.map(name))];
				const text = ids.length > 0 ? ids.join(' ') : colors.red('nothing');
				out(`  ${target.padEnd(28)} ${text}`);
				out(colors.dim(`  ${''.padEnd(28)} ${description.replace(/^model, /, '')}`));
				if (values.expectations)
					for (const { id, memory, failures } of by)
						out(
							colors.dim(
								`    ${id}${memory ? `:${memory}` : ''}: ${failures.map(({ expectation }) => expectation).join(', ')}`,
							),
						);
			}
			out('');
		};
		list('Revisions, and the vectors that they fail', revisions);
		list('Mutants, and the vectors that kill them', mutants);

		const ids = [...new Set(cases.map(({ vector }) => vector.id))];
		const killing = new Set([...kills.values()].flat().map(({ vector }) => vector));
		const idle = ids.filter((id) => !killing.has(id));
		const scored = cases.filter(({ vector }) => vector.status === 'normative');
		const complaints = [
			...idle.map((id) => {
				const open = scored.every(({ vector }) => vector.id !== id);
				return `${id}${open ? ' (open)' : ''} is failed by no revision and no mutant`;
			}),
			...mutants
				.filter(({ target }) => kills.get(target)!.length === 0)
				.map(({ target }) => `mutant ${target} is killed by no vector`),
			...broken.map(
				({ id, implementation, verdict, reason }) =>
					`${id} on ${implementation}: ${verdict}, ${reason}`,
			),
		];
		for (const complaint of complaints) out(colors.red(complaint));
		if (complaints.length > 0) return DOES_NOT_CONFORM;
		out(
			`every vector (${ids.length}) is failed by something, every mutant (${mutants.length}) is killed`,
		);
		return 0;
	},
};

interface Kill extends Result {
	/** The memory model that it took; absent where sc was enough. */
	readonly memory?: Vector['memory'];
}

const name = ({ vector, memory }: Kill): string =>
	memory ? `${vector.slice(-4)}:${memory}` : vector.slice(-4);

const expectationsOf = (results: readonly Kill[]): Set<string> =>
	new Set(
		results.flatMap((result) =>
			result.failures.map(({ expectation }) => `${name(result)} ${result.id} ${expectation}`),
		),
	);

const novel = (result: Kill, excused: ReadonlySet<string>): boolean =>
	result.failures.some(
		({ expectation }) => !excused.has(`${name(result)} ${result.id} ${expectation}`),
	);
