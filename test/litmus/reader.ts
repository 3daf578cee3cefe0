// SPDX-License-Identifier: MIT
/** Words one after the other, for the parsers. */
import { LitmusError } from './error';
import type { Token } from './lex';
import type { Position } from './syntax';

export class Reader {
	private index = 0;

	constructor(
		private readonly file: string,
		private readonly tokens: readonly Token[],
	) {}

	get next(): Token {
		return this.tokens[this.index]!;
	}

	/** The word after the next. */
	get second(): Token {
		return this.tokens[this.index + 1] ?? this.next;
	}

	take(): Token {
		const token = this.next;
		if (token.kind !== 'end') this.index++;
		return token;
	}

	sees(text: string): boolean {
		return this.next.text === text && this.next.kind !== 'quote';
	}

	/** Takes the word if it is next. */
	accept(text: string): boolean {
		const seen = this.sees(text);
		if (seen) this.take();
		return seen;
	}

	expect(text: string): Token {
		if (!this.sees(text)) this.fail(`expected "${text}"`);
		return this.take();
	}

	name(what: string): string {
		if (this.next.kind !== 'name') this.fail(`expected ${what}`);
		return this.take().text;
	}

	number(): number {
		const sign = this.accept('-') ? -1 : 1;
		if (this.next.kind !== 'number') this.fail('expected a number');
		return sign * Number(this.take().text);
	}

	fail(message: string, at: Position = this.next): never {
		const { text } = this.next;
		throw new LitmusError(this.file, at, at === this.next ? `${message}, not "${text}"` : message);
	}
}
