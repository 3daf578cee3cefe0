// SPDX-License-Identifier: MIT
/** A table of vectors by implementations, scored ones first. A row is printed as soon as it is complete. */
import type { Footer, Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { cell, LEGEND, label } from './cell';
import { ownReason } from './failure';
import { idList, vectorsOf } from './ids';
import { nextCommand } from './next';
import { isDecided, isGreen, verdictLine } from './verdicts';

const CELL_WIDTH = 7;
const ID_WIDTH = 'DAXV-0000'.length;
const MIN_TITLE_WIDTH = 24;

export class Table {
	/** Results of each vector that is not complete yet. */
	private readonly rows = new Map<string, Result[]>();
	/** Complete rows of open vectors, which follow all others. */
	private readonly open: Result[][] = [];
	private readonly results: Result[] = [];
	/** Addresses by vector. */
	private readonly failing = new Map<string, Set<string>>();
	/** Results that differ from the list of known failures. */
	private readonly unexpected: Result[] = [];
	/** First undecided result by address. */
	private readonly undecided = new Map<string, Result>();
	/** Results that are still to come, by vector. */
	private readonly due = new Map<string, number>();

	constructor(
		private readonly implementations: Header['implementations'],
		private readonly cases: readonly Case[],
		private readonly total: number,
		private readonly terminal: Terminal,
	) {
		terminal.out(terminal.colors.dim(LEGEND));
		terminal.out('');
		for (const { vector } of cases)
			this.due.set(vector.id, (this.due.get(vector.id) ?? 0) + implementations.length);
		this.head();
	}

	add(result: Result): void {
		const { vector, verdict, implementation } = result;
		const row = [...(this.rows.get(vector) ?? []), result];
		this.rows.set(vector, row);
		this.results.push(result);
		const left = (this.due.get(vector) ?? 0) - 1;
		this.due.set(vector, left);
		if (result.scored && result.failures.length > 0) {
			const addresses = this.failing.get(vector) ?? new Set();
			this.failing.set(vector, addresses.add(implementation));
		}
		if (verdict === 'xpass' || (verdict === 'fail' && ownReason(result) !== ''))
			this.unexpected.push(result);
		if (!isDecided(verdict) && !this.undecided.has(implementation))
			this.undecided.set(implementation, result);
		if (left > 0) return;
		this.rows.delete(vector);
		if (row.some(({ scored }) => scored)) this.print(row);
		else this.open.push(row);
	}

	end(footer: Footer): void {
		for (const row of [...this.rows.values(), ...this.open]) this.print(row);
		const { out, colors } = this.terminal;
		out('');
		for (const [address, { verdict, reason }] of this.undecided)
			out(`${colors.red(printable(address))} ${printable(`${verdict}: ${reason}`)}`);
		for (const { id, implementation, reason } of this.unexpected)
			out(`${colors.red(printable(id))} ${printable(`on ${implementation} ${reason}`)}`);
		this.explain();
		this.conclude(footer);
	}

	/** The bug of each vector that fails, and the command that shows the first interleaving. */
	private explain(): void {
		const { out, colors } = this.terminal;
		const [first] = this.failing;
		if (!first) return;
		out('');
		out(colors.bold('What fails, and what it means'));
		for (const [id, addresses] of this.failing) {
			const bug = this.cases.find((test) => test.vector.id === id)?.vector.bug;
			const failed = this.implementations.filter(({ address }) => addresses.has(address));
			out(`${id}  ${failed.map(label).join(' ')}`);
			for (const line of bug
				? wrap(printable(`${bug.class}: ${bug.effect}`), this.terminal.width - ID_WIDTH - 2)
				: [])
				out(colors.dim(`${' '.repeat(ID_WIDTH + 2)}${line}`));
		}
	}

	/** The verdict, what was judged, and the next commands. */
	private conclude({ exit, results, counts, problems }: Footer): void {
		const { out, colors } = this.terminal;
		for (const problem of problems)
			out(`\n${colors.red('stale')} ${problem.split('\n').map(printable).join('\n')}`);
		const parts = Object.entries(counts).map(([verdict, count]) =>
			printable(`${count} ${verdict}`),
		);
		out(`\n${results} results: ${parts.join(', ') || 'none'}`);
		if (results < this.total) out(`${this.total - results} were not decided`);
		const bad = this.results.filter(({ scored, verdict }) => scored && !isGreen(verdict));
		const ids = bad.length > 0 ? `: ${idList(vectorsOf(bad))}` : '';
		const verdict = `${verdictLine(exit, this.results)}${ids}`;
		out(exit === 0 ? colors.green(verdict) : colors.red(verdict));
		const { implementations } = this;
		const failing = bad[0] ?? this.results.find(({ verdict }) => verdict === 'xfail');
		const common = { exit, open: undefined, implementations, file: undefined };
		const shown = failing ? [nextCommand({ ...common, failing })] : [];
		const trees = implementations.some(({ address }) => address.startsWith('native:'));
		if (!trees && exit === 0) shown.push(nextCommand({ ...common, failing: undefined }));
		for (const next of shown) if (next) out(`\n${next.why}:\n  ${next.command}`);
		const names = implementations.map(({ address }) => printable(address));
		out(`\njudged: ${names.join(', ')}`);
	}

	private head(): void {
		const { out, colors } = this.terminal;
		const columns = this.implementations.map((each) => label(each).split('-'));
		const lines = Math.max(...columns.map((parts) => parts.length));
		for (let line = 0; line < lines; line++) {
			const cells = columns.map((parts) => {
				const part = parts[line - (lines - parts.length)] ?? '';
				return part.slice(0, CELL_WIDTH - 1).padEnd(CELL_WIDTH);
			});
			out(colors.bold(`${' '.repeat(ID_WIDTH + 1)}${cells.join('')}`.trimEnd()));
		}
	}

	private print(row: readonly Result[]): void {
		const { out, colors } = this.terminal;
		const [first] = row;
		if (!first) return;
		const cells = this.implementations.map(({ address }) => {
			const text = cell(row.filter((result) => result.implementation === address));
			const padded = text.padEnd(CELL_WIDTH);
			if (/[A-Z?]/.test(text)) return colors.red(padded);
			if (text.includes('fail')) return colors.yellow(padded);
			return text === '.' ? colors.green(padded) : colors.dim(padded);
		});
		const left = ID_WIDTH + 1 + CELL_WIDTH * cells.length + 1;
		const width = Math.max(this.terminal.width - left, MIN_TITLE_WIDTH);
		const title = printable(first.title);
		const cut = title.length <= width ? title : `${title.slice(0, width - 1)}~`;
		out(`${first.vector} ${cells.join('')} ${cut}`);
	}
}
