// SPDX-License-Identifier: MIT
/** The answer of blame as text. */
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import type { Colors } from '../text/terminal';
import type { Blame, Blamed, Turn } from './blame';
import { type Commit, fixesLine } from './commits';
import type { State } from './transitions';
import { listed } from './words';

const DIGITS = 12;
const ID = 'DAXV-0000'.length;
const TITLE_WIDTH = 60;
const MAX_HIDDEN = 5;

const WORDS: Readonly<Record<State, string>> = {
	pass: 'pass',
	fail: 'fail',
	none: 'n/a',
	unknown: '?',
};

const short = ({ hash }: Commit): string => hash.slice(0, DIGITS);
const named = (commit: Commit): string => `${short(commit)} ("${printable(commit.subject)}")`;

/** How the answer was found. */
export function scopeLine({ commits, states, judged }: Blame, range: string): string {
	const touch = `${commits} commits of ${printable(range)} touch drivers/dax or its headers`;
	return `${touch}, ${states} states differ in what is compiled, ${judged} were judged; first-parent order, merges are followed into their branches`;
}

/** The turns of one vector, and the line for a commit message. */
export function* blamedLines(
	blamed: Blamed,
	title: string,
	linux: string,
	colors: Colors,
): Generator<string> {
	const { vector, start, turns, obstacles } = blamed;
	yield `${colors.bold(vector)}  ${printable(title)}`;
	yield '';
	yield `  ${WORDS[start].padEnd(4)}  at the start of the range`;
	for (const turn of turns) {
		yield `  ${WORDS[turn.to].padEnd(4)}  since ${named(turn.commit)}${merged(turn)}`;
		yield* hiddenLines(turn, obstacles);
	}
	if (turns.length === 0)
		yield `  ${WORDS[start].padEnd(4)}  at its end: no commit of the range changed that`;
	const culprit = turns.findLast(({ to }) => to === 'fail');
	if (!culprit) return;
	yield '';
	if (culprit.hidden.length === 0) yield printable(fixesLine(linux, culprit.commit));
}

const merged = ({ merge }: Turn): string => (merge ? `, merged by ${short(merge)}` : '');

function* hiddenLines({ hidden }: Turn, obstacles: ReadonlyMap<string, string>): Generator<string> {
	if (hidden.length === 0) return;
	yield `        or since one of ${hidden.length} before it that cannot be judged:`;
	for (const commit of hidden.slice(0, MAX_HIDDEN))
		yield `        ${named(commit)}: ${printable(obstacles.get(commit.hash) ?? 'not run')}`;
	if (hidden.length > MAX_HIDDEN) yield `        and ${hidden.length - MAX_HIDDEN} more`;
}

/** Every vector that fails somewhere in the range: introduced by, fixed by. */
export function* blameTable(
	{ vectors }: Blame,
	cases: readonly Case[],
	colors: Colors,
): Generator<string> {
	const shown = vectors.filter(
		({ start, turns }) => start === 'fail' || turns.some(({ to }) => to === 'fail'),
	);
	const width = 'introduced by'.length + 2;
	const commits = new Map<string, Commit>();
	yield colors.bold(
		`${''.padEnd(ID)}  ${'introduced by'.padEnd(width)}${'fixed by'.padEnd(width)}`.trimEnd(),
	);
	for (const { vector, start, turns } of shown) {
		for (const { commit } of turns) commits.set(commit.hash, commit);
		const own = cases.find((each) => each.vector.id === vector)?.vector;
		const title = `${own?.status === 'open' ? '(open) ' : ''}${own?.title ?? ''}`;
		const [introduced, fixed] = cellsOf(start, turns);
		const cut = title.length <= TITLE_WIDTH ? title : `${title.slice(0, TITLE_WIDTH - 1)}~`;
		yield `${vector}  ${introduced.padEnd(width)}${fixed.padEnd(width)}${printable(cut)}`;
	}
	yield '';
	for (const commit of commits.values()) yield `${short(commit)} ${printable(commit.subject)}`;
	const hidden = vectors.flatMap(({ turns }) => turns.filter((turn) => turn.hidden.length > 0));
	if (hidden.length > 0) {
		const names = [...new Set(hidden.flatMap((turn) => turn.hidden.map(short)))];
		yield '';
		yield `*: or a commit before it that cannot be judged: ${listed(names, MAX_HIDDEN)}`;
	}
}

/** The last commit that made the vector fail, and the one after that made it pass. */
function cellsOf(start: State, turns: readonly Turn[]): readonly [string, string] {
	const index = turns.findLastIndex(({ to }) => to === 'fail');
	const cell = (turn: Turn | undefined): string =>
		turn ? `${short(turn.commit)}${turn.hidden.length > 0 ? '*' : ''}` : '';
	const fixed = turns.slice(index + 1).find(({ to }) => to === 'pass');
	if (index >= 0) return [cell(turns[index]), cell(fixed)];
	return start === 'fail' ? ['before', cell(fixed)] : ['', ''];
}
