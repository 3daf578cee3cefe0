// SPDX-License-Identifier: MIT
/** The text of a litmus test. */
export class Source {
	constructor(
		private readonly file: string,
		readonly text: string,
	) {}

	/** Throws an error that begins with file, line and column of an offset. */
	fail(at: number, message: string): never {
		const lines = this.text.slice(0, at).split('\n');
		const column = (lines.at(-1) ?? '').length + 1;
		throw new Error(`${this.file}:${lines.length}:${column}: ${message}`);
	}
}
