// SPDX-License-Identifier: MIT
/** Reads the tokens of a litmus test in order, for the parsers. */
import type { Token } from './lex';
import type { Source } from './source';

export class Reader {
	private index = 0;

	constructor(
		readonly source: Source,
		private readonly tokens: readonly Token[],
	) {}

	get next(): Token {
		return this.tokens[this.index]!;
	}

	take(): Token {
		const token = this.next;
		if (token.kind !== 'end') this.index++;
		return token;
	}

	sees(text: string): boolean {
		return this.next.text === text && this.next.kind !== 'quote';
	}

	/** Takes the token if it is next. */
	accept(text: string): boolean {
		const seen = this.sees(text);
		if (seen) this.take();
		return seen;
	}

	expect(text: string): void {
		if (!this.accept(text)) this.fail(`expected "${text}"`);
	}

	/** @param thing  what the name stands for, for the message */
	name(thing: string): string {
		if (this.next.kind !== 'name') this.fail(`expected ${thing}`);
		return this.take().text;
	}

	number(): number {
		const sign = this.accept('-') ? -1 : 1;
		if (this.next.kind !== 'number') this.fail('expected a number');
		return sign * Number(this.take().text);
	}

	/** Reads items and commas up to the closing sign. */
	list<Item>(close: string, item: () => Item): Item[] {
		const items: Item[] = [];
		while (!this.accept(close)) {
			items.push(item());
			if (!this.sees(close)) this.expect(',');
		}
		return items;
	}

	/** Throws an error with the place and the text of the next token. */
	fail(message: string): never {
		return this.source.fail(this.next.at, `${message}, not "${this.next.text}"`);
	}
}
