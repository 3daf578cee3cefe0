// SPDX-License-Identifier: MIT
/** A conformance statement: the summary of a report, to paste into a mail. */
import type { Header, Result, Verdict } from '../../schema/types/report';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';
import { wrap } from '../text/wrap';
import { CANNOT_TEST, INTERRUPTED } from './exit-codes';
import type { Report } from './read';
import { isDecided, isGreen, verdicts } from './verdicts';

/** Columns of a line at most. */
const WIDTH = 72;
/** Columns of the names of entries. */
const MARGIN = 16;

type Tested = Header['implementations'][number];

/** A statement for each implementation. Throws UserError for a report of a part of a run. */
export function statements(report: Report): string[] {
	const { file, header, footer } = report;
	if (header.shard)
		throw new UserError(
			`${file} is shard ${header.shard.index} of ${header.shard.of}: join all of them: dax-vectors report merge`,
		);
	if (footer.exit === INTERRUPTED) throw new UserError(`${file} was interrupted: run it again`);
	return header.implementations.map((tested) => [...statement(report, tested)].join('\n'));
}

function* statement({ header, footer, results }: Report, tested: Tested): Generator<string> {
	const own = results.filter(({ implementation }) => implementation === tested.address);
	yield 'dax-vectors conformance statement';
	yield '';
	yield* entry('Target', tested.address);
	yield* entry('', tested.description);
	if (tested.revision !== undefined) yield* entry('Revision', tested.revision);
	yield* entry('Compiler', tested.compiler ?? 'not known');
	yield* entry('Vectors', vectorsText(header, own));
	yield* entry('Result', resultText(header, own, footer.problems));
	yield* entry('Scored', countsText(own.filter(({ scored }) => scored)));
	const open = own.filter(({ scored }) => !scored);
	if (open.length > 0) yield* entry('Open', `${countsText(open)}; not scored`);
	yield* entry('Explored', exploredText(own));
	yield* entry('Tool', `dax-vectors ${header.version}, library ${header.library}`);
	yield* entry('Date', `${header.started.slice(0, 16).replace('T', ' ')} UTC`);
	const scored = own.filter((result) => result.scored);
	const asks = ({ verdict }: Result) => verdicts[verdict].exit;
	const bad = scored.filter((each) => !isGreen(each.verdict) && asks(each) !== CANNOT_TEST);
	const undecided = scored.filter((each) => asks(each) === CANNOT_TEST);
	yield* reasons('Does not conform', bad);
	yield* reasons('Could not be decided', undecided);
	yield* reasons('Known failures', only(scored, 'xfail'));
	yield* reasons('Does not apply', only(scored, 'skip'));
	for (const problem of footer.problems) yield* ['', ...wrap(printable(problem), WIDTH)];
}

function* entry(name: string, text: string): Generator<string> {
	const label = name === '' ? '' : `${name}:`;
	for (const [index, line] of wrap(printable(text), WIDTH - MARGIN).entries())
		yield `${(index === 0 ? label : '').padEnd(MARGIN)}${line}`;
}

const only = (results: readonly Result[], wanted: Verdict): Result[] =>
	results.filter(({ verdict }) => verdict === wanted);

/** Ids by reason, so that a reason that many share is printed once. */
function* reasons(title: string, found: readonly Result[]) {
	if (found.length === 0) return;
	const byReason = new Map<string, string[]>();
	for (const { id, verdict, reason } of found) {
		const named = isDecided(verdict) || verdict === 'not-run';
		const why = named ? reason : `${verdict}: ${reason}`;
		byReason.set(why, [...(byReason.get(why) ?? []), id]);
	}
	yield* ['', `${title}:`];
	for (const [why, ids] of byReason) {
		for (const line of wrap(ids.join(', '), WIDTH - 2)) yield `  ${line}`;
		for (const line of wrap(printable(why), WIDTH - 6)) yield `      ${line}`;
	}
}

function vectorsText({ selection }: Header, own: readonly Result[]): string {
	const { profile, ids, tags } = selection;
	const vectors = new Set(own.map(({ vector }) => vector)).size;
	const count = `${vectors} ${vectors === 1 ? 'vector' : 'vectors'}, ${own.length} with variants`;
	const of = profile === null ? 'the whole library' : `profile ${profile}`;
	if (!isPart(selection)) return `${of}: ${count}`;
	const part = [...ids, ...tags.map((tag) => `--tag ${tag}`)].join(' ');
	return `part of ${of} (${printable(part)}): ${count}`;
}

const isPart = ({ ids, tags }: Header['selection']): boolean => ids.length + tags.length > 0;

/** Claims no more than the run asked: a part of the library passes, it does not conform. */
function resultText(
	{ selection, options }: Header,
	own: readonly Result[],
	problems: readonly string[],
): string {
	const scored = own.filter((result) => result.scored);
	const has = (wanted: Verdict) => only(scored, wanted).length;
	if (has('fail') + has('timeout') + has('crash') > 0) return 'does not conform';
	if (has('error') > 0) return 'harness error: nothing can be said';
	if (has('xpass') > 0 || problems.length > 0) return 'the list of known failures is stale';
	if (has('not-run') > 0) return 'could not be decided';
	if (has('pass') + has('xfail') === 0)
		return 'could not be decided: nothing that is scored applies';
	const whole = !isPart(selection) && options.order === 'any' && options.preemptions === null;
	const known = has('xfail');
	if (has('pass') === 0) return 'fails whatever applies, as known';
	const but = known > 0 ? `, but for ${known} known ${known === 1 ? 'failure' : 'failures'}` : '';
	return `${whole ? 'conforms' : 'passes what was asked, which is not everything'}${but}`;
}

function countsText(results: readonly Result[]): string {
	const parts = (Object.keys(verdicts) as Verdict[]).flatMap((verdict) => {
		const count = only(results, verdict).length;
		return count > 0 ? [`${count} ${verdict}`] : [];
	});
	return parts.length === 0 ? 'none' : `${results.length}: ${parts.join(', ')}`;
}

const kinds: Readonly<Record<Result['completeness']['kind'], string>> = {
	exhaustive: 'every interleaving',
	bounded: 'a bounded number of preemptions',
	driven: 'named orders only',
	partial: 'in part',
	none: 'not executed',
};

function exploredText(own: readonly Result[]): string {
	const parts = Object.entries(kinds).flatMap(([kind, words]) => {
		const found = own.filter(({ completeness }) => completeness.kind === kind);
		const traces = found.reduce((sum, { completeness }) => sum + completeness.traces, 0);
		if (found.length === 0) return [];
		const bounds = new Set(found.map(({ completeness }) => completeness.preemptions));
		const bound = kind === 'bounded' ? ` (<= ${[...bounds].join(', ')})` : '';
		const extent = `${traces.toLocaleString('en')} ${traces === 1 ? 'trace' : 'traces'}`;
		return [`${words}${bound}: ${found.length}${kind === 'none' ? '' : ` (${extent})`}`];
	});
	return parts.join('; ');
}
