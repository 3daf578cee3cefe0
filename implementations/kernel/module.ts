// SPDX-License-Identifier: MIT
/** Builds the module for a kernel. */
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cached, hashOf } from '../system/cache';
import { command } from '../system/command';
import type { KernelBuild } from './kernel-build';
import { type SuperTree, superDefines, writeSuperTree } from './super';
import { requireTools } from './tools';

/** Folders that may hold the source: beside this file, or, from dist/, in the package. */
const home = [join(__dirname, 'module'), join(__dirname, '../../../implementations/kernel/module')];
export const moduleFolder = home.find((folder) => existsSync(join(folder, 'Kbuild')))!;

/** Names and contents of the module's files, which the cache entry depends on. */
export function moduleSources(): [string, string][] {
	const names = readdirSync(moduleFolder).filter((name) => /^Kbuild$|\.[ch]$/.test(name));
	return names.sort().map((name) => [name, readFileSync(join(moduleFolder, name), 'utf8')]);
}

/** Version that the module gives in its answer to "hello": a hash of its sources, and of the tree's. */
export const moduleVersion = (tree?: SuperTree): string =>
	hashOf([...moduleSources().flat(), ...(tree ? [...tree.files].flat() : [])]);

/** Files of a kernel build that the module depends on. */
const IDENTITY = ['Module.symvers', 'include/config/auto.conf', 'include/config/kernel.release'];

/**
 * Builds the module or finds it in the cache; gives the path of the .ko file. redirects: builds the file
 * redirectModule() beside it as well. Throws Unavailable.
 */
export function buildModule(kernel: KernelBuild, tree?: SuperTree, redirects = false): string {
	requireTools(['make', 'gcc-12', 'ld']);
	const flags = [...moduleFlags(kernel, tree), ...(redirects ? ['DV_REDIRECT=y'] : [])];
	const identity = IDENTITY.map((name) => join(kernel.headers, name)).filter(existsSync);
	const inputs = [kernel.release, ...flags, ...identity.map((path) => readFileSync(path, 'utf8'))];
	const folder = cached('kernel', `module-${hashOf(inputs)}`, (draft) => {
		for (const [name] of moduleSources()) copyFileSync(join(moduleFolder, name), join(draft, name));
		if (tree) writeSuperTree(tree, draft, kernel);
		command('make', ['-s', '-j4', '-C', kernel.headers, `M=${draft}`, ...flags, 'modules'], {
			explain: (output) => explain(output, draft, kernel),
		});
	});
	return join(folder, 'dax-vectors.ko');
}

/** Path of the module that redirects the kernel's super.c to that of the tree in a built module. */
export const redirectModule = (module: string): string => join(dirname(module), 'dax-redirect.ko');

/** Leaves out BTF, which needs pahole and vmlinux, and debug information; the runner reads neither. */
export const moduleOptions = ['CONFIG_DEBUG_INFO_BTF_MODULES=', 'CONFIG_DEBUG_INFO='];

function moduleFlags(kernel: KernelBuild, tree?: SuperTree): string[] {
	const flags = [...moduleOptions, `DV_VERSION=${moduleVersion(tree)}`];
	const defines = tree ? superDefines(tree, kernel) : [];
	if (tree) flags.push('DV_SUPER=y');
	if (!existsSync(join(kernel.headers, 'Module.symvers'))) flags.push('KBUILD_MODPOST_WARN=1');
	return [...flags, `DV_FLAGS=${defines.join(' ')}`];
}

/** The compiler's first error, with what to do. */
function explain(output: string, draft: string, { release }: KernelBuild): string {
	const lines = output.split('\n').map((line) => line.replaceAll(`${draft}/`, ''));
	const first = lines.find((line) => /error:|ERROR:|\*\*\*/.test(line)) ?? lines[0];
	return `the module does not build for ${release}: ${first?.trim()}`;
}
