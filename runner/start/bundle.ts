// SPDX-License-Identifier: MIT
/**
 * Loads modules from chunks that the build bundled, with the bytecode that V8 made of them: to load 140 modules one by one
 * takes a quarter of the time of a short command. A chunk is used while each of its files is the one that the build read;
 * otherwise Node.js loads these files as usual. V8 ignores bytecode of another version, and compiles the text of the chunk.
 */
import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { areCurrent, type Signatures } from './signature';

/** Loads "./" and a path within the package, an absolute path, or the name of a package. */
export type Require = (name: string) => unknown;

/** Modules of a chunk by their path within the package: functions of the variables that Node.js gives a module. */
type Modules = Readonly<Record<string, (...variables: unknown[]) => void>>;

/** Opens the bundle in a folder: gives its require(), or that of Node.js if the build made none. */
export function openBundle(root: string, folder: string, load: NodeJS.Require): Require {
	const index = join(folder, 'index.json');
	if (!existsSync(index)) return load;
	return new Bundle(root, folder, load, JSON.parse(readFileSync(index, 'utf8'))).require;
}

export class Bundle {
	/** Chunks that were opened, by their number. */
	readonly scripts: Script[] = [];
	private readonly opened: Modules[] = [];
	private readonly chunkOf = new Map<string, number>();

	constructor(
		private readonly root: string,
		private readonly folder: string,
		private readonly load: NodeJS.Require,
		private readonly chunks: readonly Signatures[],
	) {
		for (const [chunk, files] of chunks.entries())
			for (const path of Object.keys(files)) this.chunkOf.set(`${root}/${path}`, chunk);
	}

	readonly require: Require = (name) => {
		const file = name.startsWith('./') ? this.root + name.slice(1) : name;
		// Shared with Node.js: a module that is not bundled gets the same instances.
		const known = this.load.cache[file];
		if (known) return known.exports;
		const chunk = this.chunkOf.get(file);
		const body =
			chunk === undefined ? undefined : this.open(chunk)[file.slice(this.root.length + 1)];
		if (!body) return this.load(file);
		const module = new Module(file);
		module.filename = file;
		this.load.cache[file] = module;
		body.call(module.exports, module.exports, this.require, module, file, dirname(file));
		module.loaded = true;
		return module.exports;
	};

	/** The modules of a chunk; none if a file of it has changed. */
	private open(chunk: number): Modules {
		this.opened[chunk] ??= areCurrent(this.root, this.chunks[chunk] ?? {})
			? this.compile(chunk)
			: {};
		return this.opened[chunk];
	}

	private compile(chunk: number): Modules {
		const filename = join(this.folder, `${chunk}.js`);
		const bytecode = join(this.folder, `${chunk}.bytecode`);
		// Not there while the build runs the chunk, to see which functions are worth their bytecode.
		const cachedData = existsSync(bytecode) ? readFileSync(bytecode) : undefined;
		const script = new Script(readFileSync(filename, 'utf8'), { filename, cachedData });
		this.scripts[chunk] = script;
		return script.runInThisContext();
	}
}
