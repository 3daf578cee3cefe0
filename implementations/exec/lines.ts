// SPDX-License-Identifier: MIT
/** Splits bytes into lines. Refuses a line as soon as it is too long, so that memory is bounded. */
import { isAscii, isUtf8 } from 'node:buffer';

/** Bytes of a line, without its end. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

const LF = 10;

export class Lines {
	private parts: Buffer[] = [];
	private length = 0;

	/** Calls line with each line and whether the chunk ends there, and refuse with the reason to stop. */
	constructor(
		private readonly line: (text: string, last: boolean) => void,
		private readonly refuse: (why: string) => void,
	) {}

	/** Bytes of the incomplete line. */
	get pending(): number {
		return this.length;
	}

	add(chunk: Buffer): void {
		let start = 0;
		for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
			this.keep(chunk.subarray(start, end));
			if (this.length > MAX_LINE_BYTES) {
				this.tooLong();
				return;
			}
			start = end + 1;
			const bytes = this.take();
			if (!isUtf8(bytes)) {
				this.refuse('a line is not UTF-8');
				return;
			}
			this.line(
				isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8'),
				start === chunk.length,
			);
		}
		this.keep(chunk.subarray(start));
		if (this.length > MAX_LINE_BYTES) this.tooLong();
	}

	private keep(part: Buffer): void {
		if (part.length > 0) this.parts.push(part);
		this.length += part.length;
	}

	private take(): Buffer {
		const [first] = this.parts;
		const bytes = first && this.parts.length === 1 ? first : Buffer.concat(this.parts);
		this.parts = [];
		this.length = 0;
		return bytes;
	}

	private tooLong(): void {
		this.parts = [];
		this.length = 0;
		this.refuse(`a line is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB`);
	}
}
