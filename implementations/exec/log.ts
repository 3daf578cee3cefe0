// SPDX-License-Identifier: MIT
/** What an adapter writes to stderr: only its last lines are kept, and shown when something goes wrong. */

const LINES = 20;
/** Characters of a line. */
const WIDTH = 400;
/** Characters of all that a reason quotes. */
const QUOTED = 400;

export class Log {
	private readonly last: string[] = [];
	private open = '';

	add(text: string): void {
		const [first, ...rest] = text.split('\n');
		this.open = (this.open + first!).slice(0, WIDTH);
		for (const line of rest) {
			this.close();
			this.open = line.slice(0, WIDTH);
		}
	}

	/** The last lines, as they were written: whoever shows them makes them safe. */
	lines(): string[] {
		return [...this.last, ...(this.open === '' ? [] : [this.open])].slice(-LINES);
	}

	/** As the end of a reason, such as "; its log: no such file". */
	quoted(): string {
		const text = this.lines().join(' | ').trim();
		if (text === '') return '';
		return `; its log: ${text.length > QUOTED ? `...${text.slice(-QUOTED)}` : text}`;
	}

	private close(): void {
		if (this.open.trim() !== '') this.last.push(this.open);
		if (this.last.length > LINES) this.last.shift();
		this.open = '';
	}
}
