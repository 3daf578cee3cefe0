// SPDX-License-Identifier: MIT
/** Compiles a tree and the shim to one shared object. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { notRun } from '../unavailable';
import { compileErrors, explainCompileError, undefinedSymbols } from './compile-error';
import { Compiler } from './compiler';
import { COMMON_FLAGS, REPLACED_FLAGS } from './flags';
import { ForeignFiles } from './foreign-files';
import { withoutComments } from './functions';
import { DAX_H, KCONFIG_H, SUPER, type Tree } from './probe';
import { headerOf, replaced, sourceOf } from './replacements';
import { contents, home, shimFolder } from './sources';
import type { Toolchain } from './toolchain';
import { nextWords, type Sources, type UnknownWord } from './unknown-words';

/** The file of the shim that includes the tree's super.c. */
const TREE_C = 'tree.c';

/** Folder of the draft with the tree's files. */
const COPY = 'tree';

/** Rounds of replacing unknown words; each finds the errors that the words before it caused or hid. */
const MAX_ROUNDS = 8;

export interface CompiledObject {
	/** Path of the shared object. */
	readonly path: string;
	/** Words that the vocabulary lacks and that the object replaces. */
	readonly words: readonly UnknownWord[];
}

/**
 * Compiles the tree with instrumentation and the shim without, and links both, in a draft folder. Words that the vocabulary
 * lacks are replaced from the compiler's errors. Throws Unavailable.
 */
export function compile(tree: Tree, toolchain: Toolchain, draft: string): CompiledObject {
	const build = new Build(tree, toolchain, draft);
	const first = build.compileTree();
	if (first !== undefined) build.replaceWords(first);
	return build.link();
}

class Build {
	private words: readonly UnknownWord[] = [];
	private readonly explain: (output: string) => string;
	private readonly compiler: Compiler;

	constructor(
		private readonly tree: Tree,
		toolchain: Toolchain,
		private readonly draft: string,
	) {
		const foreign = new ForeignFiles([draft, home, tree.folder]);
		foreign.checkSources(tree.files);
		const common = [...COMMON_FLAGS, `-I${join(draft, 'stubs')}`, `-iquote${draft}`];
		this.compiler = new Compiler(toolchain, common, foreign);
		this.explain = (output) => explainCompileError(output, join(draft, COPY), tree.files);
		writeStubs(tree.files, draft);
		this.write();
	}

	/** Compiles the tree's files. Gives the compiler's messages when it has errors. */
	compileTree(): string | undefined {
		return this.compiler.compile(this.inputs(), join(this.draft, 'tree.o'));
	}

	/** Replaces unknown words until the tree compiles. Throws the first errors where that is not possible. */
	replaceWords(first: string): void {
		for (let round = 0; round < MAX_ROUNDS; round++) {
			const messages = this.compiler.check(this.inputs());
			if (messages === undefined) break;
			const more = nextWords(compileErrors(messages), this.sources(), this.words);
			if (more.length === 0) break;
			this.words = [...this.words, ...more];
			this.write();
		}
		if (this.compileTree() !== undefined) throw notRun(this.explain(first));
	}

	/** Links the tree with the shim, and once more with functions that the tree declares only. */
	link(): CompiledObject {
		const first = this.linkOnce();
		if (first === undefined) return this.result();
		const symbols = undefinedSymbols(first);
		if (!symbols.every((symbol) => isOnlyCalled(symbol, this.tree.files)))
			throw notRun(this.explain(first));
		this.words = [...this.words, ...symbols.map((word) => ({ kind: 'symbol', word }) as const)];
		this.write();
		if (this.linkOnce() !== undefined) throw notRun(this.explain(first));
		return this.result();
	}

	private result(): CompiledObject {
		return { path: join(this.draft, 'tree.so'), words: this.words };
	}

	private linkOnce(): string | undefined {
		const shim = contents(shimFolder).filter((name) => /^\w+\.c$/.test(name) && name !== TREE_C);
		return this.compiler.link(
			[
				...shim.map((name) => join(shimFolder, name)),
				...[join(this.draft, 'unknown.c'), join(this.draft, 'tree.o')],
			],
			join(this.draft, 'tree.so'),
		);
	}

	/** Options that include the tree's own files in shim/tree.c. */
	private inputs(): string[] {
		const { files, defines, folder } = this.tree;
		const headers = [
			...(files.has(KCONFIG_H) ? [join(this.draft, COPY, KCONFIG_H)] : []),
			join(shimFolder, 'vocabulary.h'),
			join(this.draft, 'unknown.h'),
		];
		return [
			...(this.words.length > 0 ? REPLACED_FLAGS : []),
			...defines,
			...headers.flatMap((header) => ['-include', header]),
			`-DDV_SUPER_C="${COPY}/${SUPER}"`,
			// Headers beside super.c that the tree includes from elsewhere.
			`-iquote${join(folder, dirname(SUPER))}`,
			join(shimFolder, TREE_C),
		];
	}

	private sources(): Sources {
		const copy = `${join(this.draft, COPY)}/`;
		const vocabulary = contents(shimFolder).join('\n');
		return {
			files: this.tree.files,
			pathOf: (file) => (file.startsWith(copy) ? file.slice(copy.length) : undefined),
			isKnown: (word) => new RegExp(`#define ${word}\\b|\\b${word}\\(`).test(vocabulary),
		};
	}

	/** Writes the tree's files, so that no path of the user becomes C, and the replacements of unknown words. */
	private write(): void {
		for (const [path, text] of replaced(this.tree.files, this.words))
			writeFile(join(this.draft, COPY, path), text);
		writeFile(join(this.draft, 'unknown.h'), headerOf(this.words));
		writeFile(join(this.draft, 'unknown.c'), sourceOf(this.words));
	}
}

/** True for a function that the tree calls and uses in no other way: as data, its replacement would have a value. */
function isOnlyCalled(symbol: string, files: Tree['files']): boolean {
	const text = [...files.values()].map(withoutComments).join('\n');
	const uses = text.replace(/\bEXPORT_SYMBOL\w*\s*\([^)]*\)/g, '');
	return (
		new RegExp(`\\b${symbol}\\b`).test(uses) && !new RegExp(`\\b${symbol}\\b(?!\\s*\\()`).test(uses)
	);
}

/** Writes an empty file for each header that the tree includes, because vocabulary.h declares what they would. */
function writeStubs(files: Tree['files'], draft: string): void {
	const stubs = join(draft, 'stubs');
	const names = [...files.values()].flatMap((text) =>
		[...text.matchAll(/^\s*#\s*include\s*<([\w./-]+)>/gm)].map(([, name = '']) => name),
	);
	for (const name of ['stddef.h', 'stdint.h', ...names]) {
		const file = join(stubs, name);
		if (!relative(stubs, file).startsWith('..')) writeFile(file, '');
	}
	writeFile(join(stubs, 'linux/dax.h'), `#include "${COPY}/${DAX_H}"\n`);
}

function writeFile(path: string, text: string): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
}
