// SPDX-License-Identifier: MIT
/** Rewrites a list of known failures to what a run has seen, keeping reasons, links and comments. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isMap, parseDocument, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Result } from '../schema/types/report';
import { matches } from './select';
import { UserError } from './user-error';
import type { Case } from './vector/compile';

const MARK = ' FILL IN why it fails, and where that is known from: it is refused until then';

const empty = (target: string): string =>
	[
		'# yaml-language-server: $schema=../../schema/known-failures.schema.json',
		'# SPDX-License-Identifier: MIT',
		'format: 1',
		`target: ${JSON.stringify(target)}`,
		'failures: []',
		'',
	].join('\n');

export interface Update {
	/** Patterns and ids, as they stood and stand in the file. */
	readonly removed: readonly string[];
	readonly added: readonly string[];
}

/** The results are one implementation's on the whole library, in the light of the list. */
export function updateKnownFailures(
	file: string,
	target: string,
	results: readonly Result[],
	library: readonly Case[],
): Update {
	const before = existsSync(file) ? readFileSync(file, 'utf8') : empty(target);
	const document = parseDocument(before);
	const entries = document.get('failures') as YAMLSeq<YAMLMap>;
	const scored = results.filter((result) => result.scored);
	const removed = [...entries.items].flatMap((entry) => strike(entry, entries, scored, library));
	const failing = scored.filter(({ verdict }) => verdict === 'fail');
	const vectors = [...new Set(failing.map(({ vector }) => vector))];
	const added = vectors.map((vector) => shortest(vector, scored));
	for (const ids of added) {
		const entry = document.createNode({ ids, reason: '', link: '' }) as YAMLMap;
		(entry.get('ids') as YAMLSeq).flow = true;
		entry.commentBefore = MARK;
		entries.add(entry);
	}
	entries.flow = entries.items.length === 0;
	if (removed.length + added.length > 0)
		write(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
	return { removed, added: added.flat() };
}

function write(file: string, text: string): void {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw new UserError(`${file}: cannot be written: ${(error as Error).message}`);
	}
}

/** Takes out of an entry what excuses nothing; gives the patterns that it took out. */
function strike(
	entry: YAMLMap,
	entries: YAMLSeq<YAMLMap>,
	scored: readonly Result[],
	library: readonly Case[],
): string[] {
	const ids = entry.get('ids') as YAMLSeq;
	const patterns = ids.toJSON() as string[];
	const kept = patterns.map((pattern) => remaining(pattern, scored, library));
	if (patterns.every((pattern, index) => kept[index]![0] === pattern)) return [];
	// A node that stays keeps its comments.
	const whole = (index: number) => kept[index]![0] === patterns[index];
	const present = new Set(patterns.filter((_, index) => whole(index)));
	ids.items = kept.flatMap((left, index) => {
		if (whole(index)) return [ids.items[index]];
		// Patterns may overlap, and no id may stand twice.
		const fresh = left.filter((id) => !present.has(id));
		for (const id of fresh) present.add(id);
		return fresh.map((id) => new Scalar(id));
	});
	if (ids.items.length === 0) remove(entry, entries);
	return patterns.flatMap((pattern, index) => {
		if (whole(index)) return [];
		return kept[index]!.length === 0 ? [pattern] : [`${pattern} but ${kept[index]!.join(' ')}`];
	});
}

/** A pattern that only excuses what fails stays; otherwise what it still must excuse, id by id. */
function remaining(
	pattern: string,
	scored: readonly Result[],
	library: readonly Case[],
): readonly string[] {
	const excusable = library.some(
		({ id, vector }) => vector.status === 'normative' && matches(pattern, id),
	);
	if (!excusable) return [];
	const found = scored.filter(({ id }) => matches(pattern, id));
	if (!found.some(({ verdict }) => verdict === 'xpass')) return [pattern];
	// What was not decided may fail as ever.
	return found
		.filter(({ verdict }) => verdict !== 'xpass' && verdict !== 'skip')
		.map(({ id }) => id);
}

/** Somebody wrote the comment above an entry: it goes to what follows. */
function remove(entry: YAMLMap, entries: YAMLSeq<YAMLMap>): void {
	const index = entries.items.indexOf(entry);
	entries.items.splice(index, 1);
	const { commentBefore } = entry;
	if (!commentBefore) return;
	const next = entries.items[index];
	if (next && isMap(next))
		next.commentBefore = [commentBefore, next.commentBefore].filter(Boolean).join('\n');
	else entries.comment = [entries.comment, commentBefore].filter(Boolean).join('\n');
}

/** The id of a vector where all of its variants fail that apply, or the ids of those that do. */
function shortest(vector: string, scored: readonly Result[]): string[] {
	const variants = scored.filter((result) => result.vector === vector);
	const failing = variants.filter(({ verdict }) => verdict === 'fail');
	const all = variants.every(({ verdict }) => verdict === 'fail' || verdict === 'skip');
	return all ? [vector] : failing.map(({ id }) => id);
}
