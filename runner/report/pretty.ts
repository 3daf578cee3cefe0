// SPDX-License-Identifier: MIT
/** For people: a line for each vector and the interleaving of each failure; with several implementations, a table. */
import type { Footer, Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { sidesText } from '../text/racing-accesses';
import type { Colors, Terminal } from '../text/terminal';
import { CONFORMS, conclusionOf } from './exit-codes';
import { completenessText, failureLines, ownReason } from './failure';
import type { ReporterFactory } from './reporter';
import { Table } from './table';
import { isGreen } from './verdicts';

/** Vectors up to which known failures and data races are shown in full. */
const MAX_IN_FULL = 3;

export const pretty: ReporterFactory = (terminal, total, cases) => {
	const list = new List(cases, terminal);
	let table: Table | null = null;
	return {
		write(record) {
			switch (record.record) {
				case 'header':
					if (record.implementations.length > 1)
						table = new Table(record.implementations, cases, terminal);
					else list.title(record);
					return;
				case 'result':
					if (table) table.add(record);
					else list.add(record);
					return;
				case 'footer':
					table?.end();
					for (const line of summary(record, total, list.racing.size, terminal.colors))
						terminal.out(line);
			}
		},
	};
};

/** Results on one implementation, each with a line of its own. */
class List {
	/** Vectors with data races that were not shown. */
	readonly racing = new Set<string>();
	private readonly byId: ReadonlyMap<string, Case>;
	/** Columns of an id. */
	private readonly width: number;
	private readonly brief: boolean;
	private lastReason = '';

	constructor(
		cases: readonly Case[],
		private readonly terminal: Terminal,
	) {
		this.byId = new Map(cases.map((test) => [test.id, test]));
		this.width = Math.max(...cases.map(({ id }) => id.length), 0);
		this.brief = new Set(cases.map(({ vector }) => vector.id)).size > MAX_IN_FULL;
	}

	title({ implementations }: Header): void {
		const { out, colors } = this.terminal;
		for (const { address, description } of implementations)
			out(`${colors.bold(printable(address))}  ${printable(description)}`);
		out('');
	}

	add(result: Result): void {
		const { out, colors } = this.terminal;
		const { verdict, id, vector, scored, completeness, races, failures, title } = result;
		const complete = completenessText(completeness);
		const notes = [complete, scored ? '' : 'open, not scored'].filter(Boolean).join('; ');
		const tail = notes === '' ? '' : colors.dim(`  (${notes})`);
		const name = printable(id).padEnd(this.width);
		out(`${verdictWord(result, colors)} ${name}  ${printable(title)}${tail}`);
		if (verdict === 'pass') this.lastReason = '';
		else this.explain(result);
		if (races.length === 0) return;
		if (this.brief) {
			this.racing.add(vector);
			return;
		}
		for (const race of races)
			out(colors.dim(`    note: data race on ${printable(`${race.object}: ${sidesText(race)}`)}`));
		if (failures.length > 0) out('');
	}

	private explain(result: Result): void {
		const { out, colors } = this.terminal;
		// Among many, known failures are short, so that new ones stand out.
		const short = this.brief && (result.verdict === 'xfail' || !result.scored);
		const reason = short ? result.reason : ownReason(result);
		// A reason that all share, such as a missing compiler, is printed once.
		const repeated = reason === this.lastReason;
		this.lastReason = reason;
		if (reason !== '' && !repeated)
			for (const line of reason.split('\n')) out(`    ${printable(line)}`);
		if (short) return;
		for (const failure of result.failures) {
			for (const line of failureLines(result, failure, this.byId.get(result.id), colors)) out(line);
			out('');
		}
	}
}

function* summary(
	{ results, counts, problems, exit }: Footer,
	total: number,
	racing: number,
	colors: Colors,
): Generator<string> {
	for (const problem of problems)
		yield `\n${colors.red('stale')} ${problem.split('\n').map(printable).join('\n')}`;
	yield '';
	if (racing > 0) {
		const have = racing === 1 ? 'vector has' : 'vectors have';
		const how = 'run one alone, or with --reporter json, to see them';
		yield colors.dim(`note: ${racing} ${have} data races: ${how}`);
	}
	const parts = Object.entries(counts).map(([verdict, count]) => printable(`${count} ${verdict}`));
	yield `${results} results: ${parts.join(', ') || 'none'}`;
	if (results < total) yield `${total - results} were not decided`;
	yield exit === CONFORMS ? colors.green(conclusionOf(exit)) : colors.red(conclusionOf(exit));
}

function verdictWord({ verdict, scored }: Result, colors: Colors): string {
	if (!scored) return colors.dim(verdict.padEnd(7));
	const text = verdict.toUpperCase().padEnd(7);
	if (!isGreen(verdict)) return colors.red(text);
	return verdict === 'pass' ? colors.green(text) : colors.yellow(text);
}
