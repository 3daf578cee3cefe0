// SPDX-License-Identifier: MIT
/**
 * Scratch folder of a review: holds drivers/dax and the headers in use, and patches are applied there, never in the
 * tree of the user.
 */
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hashOf } from '../../implementations/system/cache';
import { runGit, withoutRepository } from '../../implementations/system/git';
import { isCompiled, SUPER, writeFiles } from '../registry/trees';
import type { Base } from './base';
import { filesOfPatch, isInScope, type PatchFiles } from './patch-files';

/** Bytes of a file that is compiled. */
const MAX_FILE_BYTES = 4 << 20;
const MAX_HUNK_LINES = 40;

/** Files that are compiled, at one point of the series. */
export interface Content {
	/** Equal for equal files. */
	readonly key: string;
	/** Folder with a copy of the files. */
	readonly folder: string;
	readonly files: ReadonlyMap<string, Buffer>;
}

export interface Applied {
	readonly content: Content;
	/** Files that are not in scope: their hunks are not applied. */
	readonly outside: PatchFiles['outside'];
}

/** A patch that does not apply, or makes something that cannot be judged. */
export class PatchError extends Error {}

/** Folders to delete when the process ends early, as it does when the reader of its output ends. */
const open = new Set<string>();
process.on('exit', () => open.forEach(remove));

function remove(folder: string): void {
	rmSync(folder, { recursive: true, force: true });
	open.delete(folder);
}

export class Scratch {
	/** Folder for anything else that belongs to the review. */
	readonly work: string;
	private readonly root: string;
	private readonly tree: string;
	private readonly contents = new Map<string, Content>();

	constructor(parent = tmpdir()) {
		this.root = mkdtempSync(join(parent, 'dax-review-'));
		open.add(this.root);
		this.tree = join(this.root, 'tree');
		this.work = join(this.root, 'work');
		for (const folder of [this.tree, this.work]) mkdirSync(folder);
	}

	/** Writes the files of the base. Throws PatchError when there is nothing to judge. */
	begin({ files, description }: Base): Content {
		writeFiles(this.tree, files);
		if (!files.has(SUPER))
			throw new PatchError(`${description} has no ${SUPER}: give a tree of Linux with -C`);
		return this.content();
	}

	/** Applies the hunks of a patch that are in scope. Throws PatchError with the message of git. */
	apply(patch: Buffer, base: Base): Applied {
		const files = filesOfPatch(patch, this.tree);
		if ('error' in files) throw new PatchError(`git cannot read the patch: ${files.error}`);
		const { inScope, outside, moves } = files;
		this.prepareMoves(moves, base);
		if (inScope.length === 0) return { content: this.content(), outside };
		for (const { path, lines } of inScope)
			if (lines === undefined && isCompiled(path))
				throw new PatchError(`the patch makes ${path} a binary file`);
		const text = inScope.filter(({ lines }) => lines !== undefined);
		if (text.length > 0)
			this.gitApply(
				patch,
				text.map(({ path }) => path),
			);
		this.refuseLinks('.');
		return { content: this.content(), outside };
	}

	/** Deletes the folder. */
	close(): void {
		remove(this.root);
	}

	/** Fetches the source of a file that is moved into scope; refuses to lose one that is moved out of it. */
	private prepareMoves(moves: PatchFiles['moves'], base: Base): void {
		for (const [from, to] of moves) {
			if (isCompiled(from) && !isInScope(to))
				throw new PatchError(`the patch moves ${from} to ${to}, where this tool does not look`);
			if (isInScope(from) || !isInScope(to)) continue;
			const bytes = base.read(from);
			if (bytes) writeFiles(this.tree, new Map([[from, bytes]]));
		}
	}

	private gitApply(patch: Buffer, paths: readonly string[]): void {
		const only = paths.map((path) => `--include=${path.replace(/[*?[\\]/g, '\\$&')}`);
		const options = { input: patch, env: withoutRepository(this.root) };
		const args = ['apply', '--whitespace=nowarn', ...only];
		if (runGit(this.tree, [...args, '-'], options).status === 0) return;
		const { stderr } = runGit(this.tree, [...args, '--check', '--verbose', '-'], options);
		const lines = stderr.split('\n').filter((line) => !line.startsWith('Checking patch '));
		const more = lines.length > MAX_HUNK_LINES ? ['...'] : [];
		throw new PatchError(`git says: ${[...lines.slice(0, MAX_HUNK_LINES), ...more].join('\n')}`);
	}

	/** A link could lead a later patch, or the compiler, out of the folder. */
	private refuseLinks(path: string): void {
		for (const entry of readdirSync(join(this.tree, path), { withFileTypes: true })) {
			const inner = join(path, entry.name);
			if (entry.isDirectory()) this.refuseLinks(inner);
			else if (!entry.isFile())
				throw new PatchError(`the patch makes ${inner} a symbolic link: it is not followed`);
		}
	}

	/** Copies the files that are compiled; the same copy for equal files. */
	private content(): Content {
		const files = new Map<string, Buffer>();
		for (const path of this.compiledPaths()) {
			const { size } = lstatSync(join(this.tree, path));
			if (size > MAX_FILE_BYTES)
				throw new PatchError(`${path} has ${size} bytes, more than the ${MAX_FILE_BYTES} allowed`);
			files.set(path, readFileSync(join(this.tree, path)));
		}
		if (!files.has(SUPER)) throw new PatchError(`the patch removes ${SUPER}`);
		const key = hashOf([...files].flat());
		const known = this.contents.get(key);
		if (known) return known;
		const content = { key, folder: join(this.root, 'contents', key), files };
		mkdirSync(dirname(content.folder), { recursive: true });
		writeFiles(content.folder, files);
		this.contents.set(key, content);
		return content;
	}

	private compiledPaths(): string[] {
		return ['drivers/dax', 'include/linux']
			.flatMap((folder) => {
				const entries = lstatSync(join(this.tree, folder), { throwIfNoEntry: false });
				return entries
					? readdirSync(join(this.tree, folder)).map((name) => `${folder}/${name}`)
					: [];
			})
			.filter((path) => isCompiled(path) && lstatSync(join(this.tree, path)).isFile())
			.sort();
	}
}
