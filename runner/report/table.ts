// SPDX-License-Identifier: MIT
/** A table of vectors by implementations. A row is printed as soon as it is complete. */
import type { Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { shellWord } from '../text/shell-word';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { cell, LEGEND, label } from './cell';
import { ownReason } from './failure';
import { isDecided } from './verdicts';

/** Columns of a line. */
const WIDTH = Math.max(process.stdout.columns ?? 0, 100);
const CELL_WIDTH = 7;
const ID_WIDTH = 'DAXV-0000'.length;
const MIN_TITLE_WIDTH = 24;

export class Table {
	private row: Result[] = [];
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
		private readonly terminal: Terminal,
	) {
		for (const { vector } of cases)
			this.due.set(vector.id, (this.due.get(vector.id) ?? 0) + implementations.length);
		this.head();
	}

	add(result: Result): void {
		const { vector, verdict, implementation } = result;
		this.row.push(result);
		const left = (this.due.get(vector) ?? 0) - 1;
		this.due.set(vector, left);
		if (result.failures.length > 0) {
			const addresses = this.failing.get(vector) ?? new Set();
			this.failing.set(vector, addresses.add(implementation));
		}
		if (verdict === 'xpass' || (verdict === 'fail' && ownReason(result) !== ''))
			this.unexpected.push(result);
		if (!isDecided(verdict) && !this.undecided.has(implementation))
			this.undecided.set(implementation, result);
		if (left === 0) this.flush();
	}

	end(): void {
		this.flush();
		const { out, colors } = this.terminal;
		out('');
		out(colors.dim(LEGEND));
		for (const [address, { verdict, reason }] of this.undecided)
			out(`${colors.red(printable(address))} ${printable(`${verdict}: ${reason}`)}`);
		for (const { id, implementation, reason } of this.unexpected)
			out(`${colors.red(printable(id))} ${printable(`on ${implementation} ${reason}`)}`);
		this.explain();
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
			for (const line of bug ? wrap(`${bug.class}: ${bug.effect}`, WIDTH - ID_WIDTH - 2) : [])
				out(colors.dim(`${' '.repeat(ID_WIDTH + 2)}${line}`));
		}
		out('');
		const [id, [address = '']] = first;
		out(`See the interleaving: dax-vectors run ${id} --implementation ${shellWord(address)}`);
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

	private flush(): void {
		const { out, colors } = this.terminal;
		const [first] = this.row;
		if (!first) return;
		const cells = this.implementations.map(({ address }) => {
			const text = cell(this.row.filter((result) => result.implementation === address));
			const padded = text.padEnd(CELL_WIDTH);
			if (/[A-Z?]/.test(text)) return colors.red(padded);
			if (text.includes('fail')) return colors.yellow(padded);
			return text === '.' ? colors.green(padded) : colors.dim(padded);
		});
		const left = ID_WIDTH + 1 + CELL_WIDTH * cells.length + 1;
		const width = Math.max(WIDTH - left, MIN_TITLE_WIDTH);
		const title = printable(first.title);
		const cut = title.length <= width ? title : `${title.slice(0, width - 1)}~`;
		out(`${first.vector} ${cells.join('')} ${cut}`);
		this.row = [];
	}
}
