// SPDX-License-Identifier: MIT
/** Vectors by implementations: which bug lives where, at a glance. A row is printed when it is complete. */
import type { Header, Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { shellWord } from '../text/shell-word';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';
import { cell, LEGEND, label } from './cell';
import { ownReason } from './failure';

const WIDTH = Math.max(process.stdout.columns ?? 0, 100);
const CELL = 7;
const ID = 'DAXV-0000'.length;
const UNDECIDED: readonly string[] = ['not-run', 'crash', 'timeout', 'error'];

export class Table {
	private row: Result[] = [];
	/** Addresses by vector. */
	private readonly failing = new Map<string, Set<string>>();
	/** What is not as it was known. */
	private readonly otherwise: Result[] = [];
	/** Why nothing could be said of an implementation, by its address. */
	private readonly undecided = new Map<string, string>();
	private readonly due: Map<string, number>;

	constructor(
		private readonly implementations: Header['implementations'],
		private readonly cases: readonly Case[],
		private readonly terminal: Terminal,
	) {
		this.due = new Map();
		for (const { vector } of cases)
			this.due.set(vector.id, (this.due.get(vector.id) ?? 0) + implementations.length);
		this.head();
	}

	add(result: Result): void {
		this.row.push(result);
		const left = this.due.get(result.vector)! - 1;
		this.due.set(result.vector, left);
		if (result.failures.length > 0) {
			const addresses = this.failing.get(result.vector) ?? new Set();
			this.failing.set(result.vector, addresses.add(result.implementation));
		}
		if (result.verdict === 'xpass' || (result.verdict === 'fail' && ownReason(result) !== ''))
			this.otherwise.push(result);
		if (UNDECIDED.includes(result.verdict) && !this.undecided.has(result.implementation))
			this.undecided.set(result.implementation, `${result.verdict}: ${result.reason}`);
		if (left === 0) this.flush();
	}

	end(): void {
		if (this.row.length > 0) this.flush();
		const { out, colors } = this.terminal;
		out('');
		out(colors.dim(LEGEND));
		for (const [address, reason] of this.undecided)
			out(`${colors.red(printable(address))} ${printable(reason)}`);
		for (const { id, implementation, reason } of this.otherwise)
			out(`${colors.red(printable(id))} ${printable(`on ${implementation} ${reason}`)}`);
		if (this.failing.size === 0) return;
		out('');
		out(colors.bold('What fails, and what it means'));
		for (const [id, addresses] of this.failing) {
			// A report may come from another version of the library.
			const bug = this.cases.find((test) => test.vector.id === id)?.vector.bug;
			const failed = this.implementations.filter(({ address }) => addresses.has(address));
			out(`${id}  ${failed.map(label).join(' ')}`);
			for (const line of bug ? wrap(`${bug.class}: ${bug.effect}`, WIDTH - ID - 2) : [])
				out(colors.dim(`${' '.repeat(ID + 2)}${line}`));
		}
		const [[id, addresses]] = this.failing as unknown as [[string, Set<string>]];
		out('');
		const address = shellWord([...addresses][0]!);
		out(`See the interleaving: dax-vectors run ${id} --implementation ${address}`);
	}

	private head(): void {
		const { out, colors } = this.terminal;
		const columns = this.implementations.map((each) => label(each).split('-'));
		const lines = Math.max(...columns.map((parts) => parts.length));
		for (let line = 0; line < lines; line++) {
			const cells = columns.map((parts) => {
				const part = parts[line - (lines - parts.length)] ?? '';
				return part.slice(0, CELL - 1).padEnd(CELL);
			});
			out(colors.bold(`${' '.repeat(ID + 1)}${cells.join('')}`.trimEnd()));
		}
	}

	private flush(): void {
		const { out, colors } = this.terminal;
		const [first] = this.row;
		const cells = this.implementations.map(({ address }) => {
			const text = cell(this.row.filter((result) => result.implementation === address));
			const padded = text.padEnd(CELL);
			if (/[A-Z?]/.test(text)) return colors.red(padded);
			if (text.includes('fail')) return colors.yellow(padded);
			return text === '.' ? colors.green(padded) : colors.dim(padded);
		});
		const left = ID + 1 + CELL * cells.length + 1;
		const room = Math.max(WIDTH - left, 24);
		const title = printable(first!.title);
		const cut = title.length <= room ? title : `${title.slice(0, room - 1)}~`;
		out(`${first!.vector} ${cells.join('')} ${cut}`);
		this.row = [];
	}
}
