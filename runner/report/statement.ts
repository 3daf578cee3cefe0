// SPDX-License-Identifier: MIT
/** A conformance statement: what a report says, in a form to paste into a mail. */
import type { Header, Result, Verdict } from '../../schema/types/report';
import { printable } from '../text/printable';
import { UserError } from '../text/user-error';
import { wrap } from '../text/wrap';
import type { Report } from './read';

const WIDTH = 72;
const MARGIN = 16;

type Tested = Header['implementations'][number];

/** A statement for each implementation of a report. Throws UserError where the run says too little for one. */
export function statements(report: Report): string[][] {
	const { file, header, footer } = report;
	if (header.shard)
		throw new UserError(
			`${file} is shard ${header.shard.index} of ${header.shard.of}: join all of them with dax-vectors merge`,
		);
	if (footer.exit === 130) throw new UserError(`${file} was interrupted: run it again`);
	return header.implementations.map((tested) => [...statement(report, tested)]);
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
	yield* reasons('Does not conform', scored, ['fail', 'xpass', 'timeout', 'crash', 'error']);
	yield* reasons('Could not be decided', scored, ['not-run']);
	yield* reasons('Known failures', scored, ['xfail']);
	yield* reasons('Does not apply', scored, ['skip']);
	for (const problem of footer.problems) yield* ['', ...wrap(printable(problem), WIDTH)];
}

function* entry(name: string, text: string): Generator<string> {
	const label = name === '' ? '' : `${name}:`;
	for (const [index, line] of wrap(printable(text), WIDTH - MARGIN).entries())
		yield `${(index === 0 ? label : '').padEnd(MARGIN)}${line}`;
}

/** Verdicts that their reason does not tell. */
const NAMED: readonly string[] = ['timeout', 'crash', 'error'];

function* reasons(title: string, scored: readonly Result[], verdicts: readonly string[]) {
	const found = scored.filter(({ verdict }) => verdicts.includes(verdict));
	if (found.length === 0) return;
	// What holds for many is said once.
	const byReason = new Map<string, string[]>();
	for (const { id, verdict, reason } of found) {
		const why = NAMED.includes(verdict) ? `${verdict}: ${reason}` : reason;
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

/** No more is claimed than was asked: a part passes, it does not conform. */
function resultText(
	{ selection, options }: Header,
	own: readonly Result[],
	problems: readonly string[],
): string {
	const scored = own.filter((result) => result.scored);
	const has = (...verdicts: string[]) =>
		scored.filter(({ verdict }) => verdicts.includes(verdict)).length;
	if (has('fail', 'timeout', 'crash') > 0) return 'does not conform';
	if (has('error') > 0) return 'harness error: nothing can be said';
	if (has('xpass') > 0 || problems.length > 0) return 'the list of known failures is stale';
	if (has('not-run') > 0) return 'could not be decided';
	if (has('pass', 'xfail') === 0) return 'could not be decided: nothing that is scored applies';
	const whole = !isPart(selection) && options.order === 'any' && options.preemptions === null;
	const known = has('xfail');
	if (has('pass') === 0) return 'fails whatever applies, as known';
	const but = known > 0 ? `, but for ${known} known ${known === 1 ? 'failure' : 'failures'}` : '';
	return `${whole ? 'conforms' : 'passes what was asked, which is not everything'}${but}`;
}

const verdicts: readonly Verdict[] = [
	'pass',
	'fail',
	'xfail',
	'xpass',
	'skip',
	'not-run',
	'timeout',
	'crash',
	'error',
];

function countsText(results: readonly Result[]): string {
	const count = (verdict: Verdict) => results.filter((each) => each.verdict === verdict).length;
	const parts = verdicts.filter(count).map((verdict) => `${count(verdict)} ${verdict}`);
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
		const much = `${traces.toLocaleString('en')} ${traces === 1 ? 'trace' : 'traces'}`;
		return [`${words}${bound}: ${found.length}${kind === 'none' ? '' : ` (${much})`}`];
	});
	return parts.join('; ');
}
