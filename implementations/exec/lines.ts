// SPDX-License-Identifier: MIT
/** Bytes to lines. What is no line is refused as soon as that is known, so nothing grows without end. */
import { isAscii, isUtf8 } from 'node:buffer';

/** Bytes of a line at most. */
export const LINE_LIMIT = 16 * 1024 * 1024;

const LF = 10;

export class Lines {
	private parts: Buffer[] = [];
	private length = 0;

	/** line gets each whole line without its end; refuse is told why there will be no more. */
	constructor(
		private readonly line: (text: string, last: boolean) => void,
		private readonly refuse: (why: string) => void,
	) {}

	/** Bytes that are no line yet. */
	get pending(): number {
		return this.length;
	}

	add(chunk: Buffer): void {
		let start = 0;
		for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
			this.keep(chunk.subarray(start, end));
			if (this.length > LINE_LIMIT) {
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
		if (this.length > LINE_LIMIT) this.tooLong();
	}

	private keep(part: Buffer): void {
		if (part.length > 0) this.parts.push(part);
		this.length += part.length;
	}

	private take(): Buffer {
		const bytes = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
		this.parts = [];
		this.length = 0;
		return bytes;
	}

	private tooLong(): void {
		this.parts = [];
		this.length = 0;
		this.refuse(`a line is longer than ${LINE_LIMIT / 1024 / 1024} MiB`);
	}
}
