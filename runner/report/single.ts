// SPDX-License-Identifier: MIT
/** Results on one implementation: failures by cause, a line for each other kind of result, the verdict, what to do next. */
import type { Footer, Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { sidesText } from '../text/racing-accesses';
import type { Colors, Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { type Cause, causesOf } from './causes';
import { completenessText, failureLines, ownReason } from './failure';
import { idList, shortId, vectorsOf } from './ids';
import { kindLines } from './kinds';
import { knownLines } from './known';
import { nextCommand } from './next';
import type { Context } from './reporter';
import { isGreen, verdictLine } from './verdicts';

/** Vectors up to which known failures, open failures and data races are shown in full. */
const MAX_IN_FULL = 3;

/** Verdicts that a failure block explains. */
const EXPLAINED: readonly Result['verdict'][] = ['fail', 'crash', 'timeout', 'error', 'xpass'];

export class Single {
	private readonly results: Result[] = [];
	private readonly byId: ReadonlyMap<string, Case>;
	/** True where few vectors were selected. */
	private readonly full: boolean;

	constructor(
		private readonly implementations: Header['implementations'],
		cases: readonly Case[],
		private readonly total: number,
		private readonly terminal: Terminal,
		private readonly context: Context,
	) {
		this.byId = new Map(cases.map((test) => [test.id, test]));
		this.full = new Set(cases.map(({ vector }) => vector.id)).size <= MAX_IN_FULL;
		const { out, colors } = terminal;
		for (const { address, description } of implementations)
			out(`${colors.bold(printable(address))}  ${printable(description)}`);
		out('');
	}

	add(result: Result): void {
		this.results.push(result);
	}

	end(footer: Footer): void {
		const { out, colors } = this.terminal;
		const failing = this.results.filter((each) => each.scored && EXPLAINED.includes(each.verdict));
		const explained = this.full
			? this.results.filter(({ failures, verdict }) => failures.length > 0 && verdict !== 'xpass')
			: failing.filter(({ verdict }) => verdict !== 'xpass');
		for (const cause of causesOf([...new Set([...explained, ...failing])])) this.explain(cause);
		if (this.context.all) this.list();
		for (const line of kindLines(this.results)) out(line);
		this.races();
		for (const problem of footer.problems)
			out(`\n${colors.red('stale')} ${problem.split('\n').map(printable).join('\n')}`);
		if (this.results.length > failing.length) out('');
		this.conclude(footer, failing);
	}

	private explain({ result, failure, others }: Cause): void {
		const { out, colors, width } = this.terminal;
		const { id, title, completeness, scored } = result;
		const notes = [completenessText(completeness), scored ? '' : 'open, not scored'];
		const tail = notes.filter(Boolean).join('; ');
		out(
			`${verdictWord(result, colors)} ${printable(id)}  ${printable(title)}${tail && colors.dim(`  (${tail})`)}`,
		);
		const test = this.byId.get(id);
		const bug = test?.vector.bug;
		if (bug && failure)
			for (const line of wrap(printable(`${bug.class}: ${bug.effect}`), width - 4))
				out(`    ${line}`);
		const reason = failure ? ownReason(result) : result.reason;
		if (reason !== '') for (const line of reason.split('\n')) out(`    ${printable(line)}`);
		if (failure) for (const line of failureLines(result, failure, test, colors, width)) out(line);
		if (others.length > 0) out(`    also fails ${others.map(shortId).join(', ')}`);
		out('');
	}

	/** Every result, ids in order. */
	private list(): void {
		const { out, colors } = this.terminal;
		const sorted = [...this.results].sort((a, b) => (a.id < b.id ? -1 : 1));
		const width = Math.max(...sorted.map(({ id }) => id.length), 0);
		let last = '';
		for (const result of sorted) {
			const { id, title, completeness, scored } = result;
			const notes = [completenessText(completeness), scored ? '' : 'open, not scored'];
			const tail = notes.filter(Boolean).join('; ');
			const name = printable(id).padEnd(width);
			out(
				`${verdictWord(result, colors)} ${name}  ${printable(title)}${tail && colors.dim(`  (${tail})`)}`,
			);
			// A reason that all share is printed once.
			if (result.verdict !== 'pass' && result.reason !== last)
				for (const line of result.reason.split('\n')) out(`    ${printable(line)}`);
			last = result.reason;
		}
		out('');
	}

	private races(): void {
		const { out, colors } = this.terminal;
		const racing = this.results.filter(({ races }) => races.length > 0);
		if (this.full) {
			const texts = racing.flatMap(({ races }) =>
				races.map((race) => printable(`${race.object}: ${sidesText(race)}`)),
			);
			for (const text of new Set(texts)) out(colors.dim(`note: data race on ${text}`));
			return;
		}
		const { length } = vectorsOf(racing);
		const have = length === 1 ? 'vector has' : 'vectors have';
		const how = 'run one alone, or with --reporter json, to see them';
		if (length > 0) out(colors.dim(`note: ${length} ${have} data races: ${how}`));
	}

	private conclude({ exit, results }: Footer, failing: readonly Result[]): void {
		const { out, colors, width } = this.terminal;
		const [judged] = this.implementations;
		const ids = idList(vectorsOf(failing));
		if (results < this.total) out(`${results} of ${this.total} were decided`);
		const verdict = verdictLine(exit, this.results);
		out((exit === 0 ? colors.green : colors.red)(ids === '' ? verdict : `${verdict}: ${ids}`));
		for (const line of knownLines(failing, this.context.knownOn, width)) out(line);
		const scored = this.results.some((each) => each.scored);
		const first = failing[0];
		const open = scored ? undefined : this.results[0];
		const next = nextCommand({
			exit,
			failing: first,
			open,
			implementations: this.implementations,
			file: this.context.fileOf?.((first ?? open)?.id ?? ''),
		});
		if (next) out(`\n${next.why}:\n  ${next.command}`);
		out(`\njudged: ${printable(`${judged?.address}, ${judged?.description}`)}`);
	}
}

function verdictWord({ verdict, scored }: Result, colors: Colors): string {
	if (!scored) return colors.dim(verdict.padEnd(7));
	const text = verdict.toUpperCase().padEnd(7);
	if (!isGreen(verdict)) return colors.red(text);
	return verdict === 'pass' ? colors.green(text) : colors.yellow(text);
}
