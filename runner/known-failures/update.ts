// SPDX-License-Identifier: MIT
/** Updates a list of known failures to the results of a run; keeps reasons, links and comments. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isMap, Pair, parseDocument, Scalar, type YAMLMap, YAMLSeq } from 'yaml';
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { matches } from '../library/select';
import { UserError } from '../text/user-error';
import { expectationsOf, isOrder } from './list';

const TODO = ' TODO: add the reason and its source; the list is refused until then';

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
	/** Removed patterns; "PATTERN but IDS" if some ids of the pattern still fail. */
	readonly removed: readonly string[];
	/** Patterns of new entries. */
	readonly added: readonly string[];
	/** Patterns and ids whose expectations changed. */
	readonly recorded: readonly string[];
}

/** Updates a list to the results of one implementation on the whole library, after KnownFailureList.apply(). */
export function updateKnownFailures(
	file: string,
	target: string,
	results: readonly Result[],
	library: readonly Case[],
): Update {
	const before = existsSync(file) ? readFileSync(file, 'utf8') : empty(target);
	const document = parseDocument(before);
	const entries = document.get('failures') as YAMLSeq<Entry>;
	const scored = results.filter((result) => result.scored);
	const owned = ownersOf(entries, scored);
	const removed: string[] = [];
	const recorded: string[] = [];
	for (const entry of [...entries.items]) {
		const fails = failsOf(entry);
		fails.items = fails.items.flatMap((pair) => {
			const after = revised(pair, owned.get(pair) ?? [], library);
			removed.push(...after.removed);
			recorded.push(...after.recorded);
			// Patterns can overlap; a key must be unique.
			return after.pairs.filter((each) => each === pair || !fails.has(each.key.value));
		});
		if (fails.items.length === 0) remove(entry, entries);
	}
	const known = new Set([...owned.values()].flat());
	const failing = scored.filter((each) => each.verdict === 'fail' && !known.has(each));
	const added = [...new Set(failing.map(({ vector }) => vector))].flatMap((vector) => {
		const fails = shortest(vector, scored, failing);
		const entry = document.createNode({ fails: {}, reason: '', link: '' }) as unknown as Entry;
		failsOf(entry).flow = false;
		failsOf(entry).items = Object.entries(fails).map(([id, list]) => pairOf(id, list));
		entry.commentBefore = TODO;
		entries.add(entry);
		return Object.keys(fails);
	});
	entries.flow = entries.items.length === 0;
	if (removed.length + recorded.length + added.length > 0)
		write(file, document.toString({ lineWidth: 0, flowCollectionPadding: false }));
	return { removed, recorded, added };
}

/** A pattern with the expectations that fail. */
type Known = Pair<Scalar<string>, YAMLSeq<Scalar<string>>>;
type Entry = YAMLMap<Scalar<string>, unknown>;
type Fails = YAMLMap<Known['key'], NonNullable<Known['value']>>;

const failsOf = (entry: Entry): Fails => entry.get('fails') as Fails;

/** Assigns each result to the first pattern that matches, as a run does. */
function ownersOf(entries: YAMLSeq<Entry>, scored: readonly Result[]): Map<Known, Result[]> {
	const pairs = entries.items.flatMap((entry) => failsOf(entry).items);
	const owned = new Map<Known, Result[]>(pairs.map((pair) => [pair, []]));
	for (const result of scored) {
		const owner = pairs.find(({ key }) => matches(key.value, result.id));
		if (owner) owned.get(owner)?.push(result);
	}
	return owned;
}

function write(file: string, text: string): void {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw new UserError(`${file}: cannot be written: ${(error as Error).message}`);
	}
}

/** Revises a pattern: keeps it if its results fail the same expectations, else splits it into ids that still fail. */
function revised(
	pair: Known,
	own: readonly Result[],
	library: readonly Case[],
): Pick<Update, 'removed' | 'recorded'> & { readonly pairs: readonly Known[] } {
	const pattern = pair.key.value;
	const before = (pair.value?.toJSON() ?? []) as string[];
	const matched = library.some(
		({ id, vector }) => vector.status === 'normative' && matches(pattern, id),
	);
	if (!matched) return { removed: [pattern], recorded: [], pairs: [] };
	const passes = own.some(({ verdict }) => verdict === 'xpass');
	// Results without a decision keep their entry.
	const left = own.filter(({ verdict }) => verdict !== 'xpass' && verdict !== 'skip');
	const now = left.map((result) => ({ id: result.id, list: nowFails(result, before) }));
	const alike = new Set(now.map(({ list }) => list.join())).size <= 1;
	const whole = !passes && alike;
	const changed = now.filter(({ list }) => list.join() !== [...before].sort().join());
	const names = whole && changed.length > 0 ? [pattern] : changed.map(({ id }) => id);
	if (whole && changed[0] && pair.value) pair.value.items = scalars(changed[0].list);
	const ids = now.map(({ id }) => id);
	return {
		removed: passes ? [ids.length === 0 ? pattern : `${pattern} but ${ids.join(' ')}`] : [],
		recorded: names,
		pairs: whole ? [pair] : now.map(({ id, list }) => pairOf(id, list)),
	};
}

/** Returns the expectations to record: only an exhaustive run removes any. */
function nowFails(result: Result, before: readonly string[]): string[] {
	const seen = expectationsOf(result);
	const whole = result.completeness.kind === 'exhaustive' && seen.length > 0;
	const kept = whole ? before.filter(isOrder) : before;
	return [...new Set([...kept, ...seen])].sort();
}

const scalars = (list: readonly string[]) => list.map((each) => new Scalar(each));

function pairOf(id: string, list: readonly string[]): Known {
	const value = new YAMLSeq<Scalar<string>>();
	value.flow = true;
	value.items = scalars(list);
	return new Pair(new Scalar(id), value);
}

/** Removes an entry; its comment moves to the next one. */
function remove(entry: Entry, entries: YAMLSeq<Entry>): void {
	const index = entries.items.indexOf(entry);
	entries.items.splice(index, 1);
	const { commentBefore } = entry;
	if (!commentBefore) return;
	const next = entries.items[index];
	if (next && isMap(next))
		next.commentBefore = [commentBefore, next.commentBefore].filter(Boolean).join('\n');
	else entries.comment = [entries.comment, commentBefore].filter(Boolean).join('\n');
}

/** Returns the entry of a vector: one line if all variants fail alike, else one for each id. */
function shortest(
	vector: string,
	scored: readonly Result[],
	failing: readonly Result[],
): Record<string, string[]> {
	const variants = scored.filter((result) => result.vector === vector);
	const own = failing.filter((result) => result.vector === vector);
	const lists = own.map(expectationsOf);
	const [first] = lists;
	const all = variants.every((each) => own.includes(each) || each.verdict === 'skip');
	const alike = new Set(lists.map((list) => list.join())).size === 1;
	if (first && all && alike) return { [vector]: first };
	return Object.fromEntries(own.map((result) => [result.id, expectationsOf(result)]));
}
