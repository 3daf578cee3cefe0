// SPDX-License-Identifier: MIT
/** Vectors by implementations: which bug lives where, at a glance. A row is printed when it is complete. */
import type { Header, Result } from '../../schema/types/report';
import type { Terminal } from '../terminal';
import type { Case } from '../vector/compile';
import { printable } from '../vector/errors';

const WIDTH = Math.max(process.stdout.columns ?? 0, 100);
const CELL = 7;
const ID = 'DAXV-0000'.length;

export class Table {
	private row: Result[] = [];
	private readonly failing = new Map<string, Set<string>>();
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
			const targets = this.failing.get(result.vector) ?? new Set();
			this.failing.set(result.vector, targets.add(this.target(result.implementation)));
		}
		if (left === 0) this.flush();
	}

	end(): void {
		if (this.row.length > 0) this.flush();
		const { out, colors } = this.terminal;
		out('');
		out(
			colors.dim(
				'.: passes. fail: fails, as known. FAIL: fails. -: does not apply. (...): open, not scored.',
			),
		);
		if (this.failing.size === 0) return;
		out('');
		out(colors.bold('What fails, and what it means'));
		for (const [id, targets] of this.failing) {
			const { vector } = this.cases.find((test) => test.vector.id === id)!;
			const names = this.implementations.map(({ target }) => target);
			out(`${id}  ${names.filter((name) => targets.has(name)).join(' ')}`);
			for (const line of wrap(`${vector.bug!.class}: ${vector.bug!.effect}`, WIDTH - ID - 2))
				out(colors.dim(`${' '.repeat(ID + 2)}${line}`));
		}
		const [[id, targets]] = this.failing as unknown as [[string, Set<string>]];
		out('');
		out(
			`See the interleaving: dax-vectors run ${id} --implementation ${this.address([...targets][0]!)}`,
		);
	}

	private head(): void {
		const { out, colors } = this.terminal;
		const columns = this.implementations.map(({ target }) => target.split('-'));
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
			const text = this.cell(this.row.filter((result) => result.implementation === address));
			const padded = text.padEnd(CELL);
			if (/[A-Z]/.test(text)) return colors.red(padded);
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

	/** One word for all variants: the worst of those that apply. */
	private cell(results: readonly Result[]): string {
		const applied = results.filter(({ verdict }) => verdict !== 'skip');
		if (applied.length === 0) return '-';
		const worst = applied.find(({ verdict }) => verdict !== 'pass' && verdict !== 'xfail');
		const failed = applied.find(({ verdict }) => verdict === 'xfail');
		if (!applied[0]!.scored) return worst ? `(${worst.verdict})` : '(.)';
		if (worst) return worst.verdict.toUpperCase();
		return failed ? 'fail' : '.';
	}

	private target(address: string): string {
		return this.implementations.find((each) => each.address === address)!.target;
	}

	private address(target: string): string {
		return this.implementations.find((each) => each.target === target)!.address;
	}
}

function wrap(text: string, width: number): string[] {
	const lines: string[] = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		if (line === '') lines[lines.length - 1] = word;
		else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
		else lines.push(word);
	}
	return lines;
}
