// SPDX-License-Identifier: MIT
/**
 * YAML files, and diagnostics that point at a key or value by its path. A file that the build compiled is parsed only
 * when a diagnostic needs its places: the parser takes longer to load than most commands take.
 */
import { relative } from 'node:path';
import { type CompiledFile, compiledFile, lineOf } from './compiled';
import { type Code, type Diagnostic, diagnose } from './diagnostic';
import type { ParsedYaml, Path } from './parsed-yaml';
import { MAX_VECTOR_BYTES, readBytes } from './read-text';

export type { Path };

export interface Finding {
	readonly code: Code;
	readonly message: string;
	readonly hint: string;
	/** Points at the key or the value at a path; default: the value. */
	readonly at?: 'value' | 'key';
}

/** A source without its parsed form, which cannot be sent to another thread. */
export interface PlainSource {
	readonly path: string;
	readonly bytes: Uint8Array | undefined;
	readonly data: unknown;
	readonly compiled: CompiledFile | undefined;
}

/** A YAML file that knows the place of every key and value. */
export class YamlSource {
	private lines: readonly string[] | undefined;
	/** Line numbers by path: a run asks for that of an expectation on each target that fails it. */
	private readonly numbers = new Map<string, number>();
	private shown: string | undefined;

	private constructor(
		private readonly path: string,
		private bytes: Uint8Array | undefined,
		readonly data: unknown,
		private parsed?: ParsedYaml,
		private readonly compiled?: CompiledFile,
	) {}

	/** Reads and parses a file; throws InvalidFile. */
	static read(file: string): YamlSource {
		return YamlSource.parse(relative(process.cwd(), file), readBytes(file, MAX_VECTOR_BYTES));
	}

	/** Parses the bytes of a file; throws InvalidFile. */
	static parse(file: string, bytes: Uint8Array): YamlSource {
		const parsed = parse(file, bytes);
		return new YamlSource(file, bytes, parsed.data, parsed);
	}

	/**
	 * Takes a file as the build compiled it, undefined if the build did not or the file has changed. Throws InvalidFile.
	 */
	static compiled(file: string): YamlSource | undefined {
		const known = compiledFile(file, () => readBytes(file, MAX_VECTOR_BYTES));
		return known && new YamlSource(file, undefined, known.data, undefined, known);
	}

	/** Path from the working directory, as messages show it. */
	get file(): string {
		this.shown ??= this.compiled ? relative(process.cwd(), this.path) : this.path;
		return this.shown;
	}

	/** True if the build read and checked this file. */
	get isCompiled(): boolean {
		return this.compiled !== undefined;
	}

	static fromPlain({ path, bytes, data, compiled }: PlainSource): YamlSource {
		return new YamlSource(path, bytes, data, undefined, compiled);
	}

	toPlain(): PlainSource {
		const { path, bytes, data, compiled } = this;
		return { path, bytes, data, compiled };
	}

	/** Makes a diagnostic for a path; if nothing is there, it points at the nearest parent. */
	diagnose(path: Path, { code, message, hint, at = 'value' }: Finding): Diagnostic {
		const { file } = this;
		const { text } = this.places();
		return diagnose(code, { file, text, offset: this.places().offset(path, at) }, message, hint);
	}

	/** Line number (from 1) and text of the key at a path; if nothing is there, of its nearest parent. */
	line(path: Path): { line: number; text: string } {
		if (this.compiled) {
			const key = path.join('\0');
			const line = this.numbers.get(key) ?? lineOf(this.compiled, path);
			this.numbers.set(key, line);
			return { line, text: this.textOf(line) };
		}
		let length = path.length;
		while (length > 1 && !this.places().has(path.slice(0, length))) length--;
		const { line, excerpt } = this.diagnose(path.slice(0, length), {
			code: 'E_VALUE',
			message: '',
			hint: '',
			at: 'key',
		});
		return { line, text: excerpt.trim() };
	}

	/**
	 * The text of the file, and the one that lint --fix writes. Gives up the parsed file, which formatting changes and a
	 * later diagnostic parses again. Throws as formatVector() does.
	 */
	layout(): { text: string; formatted: string } {
		const { formatParsed } = require('./format') as typeof import('./format');
		const parsed = this.places();
		this.parsed = undefined;
		return { text: parsed.text, formatted: formatParsed(this.file, parsed) };
	}

	private textOf(line: number): string {
		this.lines ??= Buffer.from(this.content()).toString('utf8').split(/\r?\n/);
		return this.lines[line - 1]?.trim() ?? '';
	}

	private places(): ParsedYaml {
		this.parsed ??= parse(this.file, this.content());
		return this.parsed;
	}

	private content(): Uint8Array {
		this.bytes ??= readBytes(this.path, MAX_VECTOR_BYTES);
		return this.bytes;
	}
}

function parse(file: string, bytes: Uint8Array): ParsedYaml {
	const { ParsedYaml: loaded } = require('./parsed-yaml') as typeof import('./parsed-yaml');
	return loaded.parse(file, bytes);
}
