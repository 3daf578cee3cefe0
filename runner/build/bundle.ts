// SPDX-License-Identifier: MIT
/**
 * Bundles the modules that common commands load, a chunk for those that each adds to the ones before, in dist/bundle. Runs
 * the commands twice: to see what they load, and to make V8 compile what they use of the bundle.
 */
import '../start/flags';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { Bundle, type Require } from '../start/bundle';
import { signaturesOf } from '../start/signature';

const COMMANDS = [['list'], ['show', 'DAXV-0001'], ['run', 'DAXV-0001'], ['lint']];

const root = join(__dirname, '../../..');
const folder = join(root, 'dist/bundle');

async function runCommand(load: Require, args: readonly string[]): Promise<void> {
	const module = (name: string) => load(join(root, 'dist/runner', name));
	const { runCommandLine } = module(
		'commands/command-line.js',
	) as typeof import('../commands/command-line');
	const { openTerminal } = module('text/terminal.js') as typeof import('../text/terminal');
	const silent = () => {};
	await runCommandLine(args, { ...openTerminal(), out: silent, error: silent, command: silent });
}

/** Files that each command loads, without those that a command before it loads. */
async function loadedFiles(): Promise<string[][]> {
	const chunks: string[][] = [];
	for (const args of COMMANDS) {
		const known = new Set(Object.keys(require.cache));
		await runCommand(require, args);
		chunks.push(Object.keys(require.cache).filter((file) => !known.has(file) && isBundled(file)));
	}
	for (const file of chunks.flat()) delete require.cache[file];
	return chunks;
}

/** False for files that a link puts elsewhere. */
const isBundled = (file: string): boolean => file.startsWith(`${root}/`) && file.endsWith('.js');

/** The text of a module, as a method whose name is its path; names in require() become paths from the root. */
function method(file: string): string {
	const { resolve } = createRequire(file);
	const text = readFileSync(file, 'utf8').replace(
		/\brequire\((['"])([^'"]+)\1\)/g,
		(call, _, name) => {
			const path = isBuiltin(name) ? name : resolve(name);
			return isBundled(path) ? `require(${JSON.stringify(`./${relative(root, path)}`)})` : call;
		},
	);
	const path = JSON.stringify(relative(root, file));
	return `${path}(exports, require, module, __filename, __dirname) {${text}\n}`;
}

async function build(): Promise<void> {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const chunks = await loadedFiles();
	const signatures = chunks.map((files) => signaturesOf(root, files));
	for (const [chunk, files] of chunks.entries())
		writeFileSync(join(folder, `${chunk}.js`), `({\n${files.map(method).join(',\n')}\n})\n`);
	const bundle = new Bundle(root, folder, require, signatures);
	for (const args of COMMANDS) await runCommand(bundle.require, args);
	for (const [chunk, script] of bundle.scripts.entries())
		writeFileSync(join(folder, `${chunk}.bytecode`), script.createCachedData());
	writeFileSync(join(folder, 'index.json'), JSON.stringify(signatures));
}

void build();
