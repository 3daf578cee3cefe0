// SPDX-License-Identifier: MIT
/** Keeps the last lines that an adapter writes to stderr, for the reason of a failure. */

const MAX_LINES = 20;
const MAX_LINE_CHARACTERS = 400;
/** Characters of the log that a reason quotes. */
const MAX_QUOTED_CHARACTERS = 400;

export class Log {
	private readonly last: string[] = [];
	private open = '';

	add(text: string): void {
		const [first = '', ...rest] = text.split('\n');
		this.open = (this.open + first).slice(0, MAX_LINE_CHARACTERS);
		for (const line of rest) {
			this.close();
			this.open = line.slice(0, MAX_LINE_CHARACTERS);
		}
	}

	/** The last lines as the adapter wrote them; the caller escapes them before it prints them. */
	lines(): string[] {
		return [...this.last, ...(this.open === '' ? [] : [this.open])].slice(-MAX_LINES);
	}

	/** The end of a reason, such as "; its log: no such file"; empty without a log. */
	quoted(): string {
		const text = this.lines().join(' | ').trim();
		if (text === '') return '';
		return `; its log: ${text.length > MAX_QUOTED_CHARACTERS ? `...${text.slice(-MAX_QUOTED_CHARACTERS)}` : text}`;
	}

	private close(): void {
		if (this.open.trim() !== '') this.last.push(this.open);
		if (this.last.length > MAX_LINES) this.last.shift();
		this.open = '';
	}
}
