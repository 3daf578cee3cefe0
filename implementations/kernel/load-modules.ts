// SPDX-License-Identifier: MIT
/** Copies modules into a guest over SSH and loads them, so that a saved guest serves every build of a module. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Console } from './console';
import { FURTHER_MODULES } from './initramfs';
import { type Destination, remote } from './ssh';

/** Modules in loading order: kernelModules, which the guest has, after the others. */
export interface Modules {
	readonly modules: readonly string[];
	readonly kernelModules?: readonly string[];
}

/**
 * Loads the modules, and sets the clock, which a saved guest has of the time when it was saved. Throws Unavailable when
 * the kernel refuses a module, and Error when the guest does not answer.
 */
export async function loadModules(
	{ modules, kernelModules = [] }: Modules,
	to: Destination,
	console: Console,
): Promise<void> {
	const contents = modules.map((path) => readFileSync(path));
	let offset = 1;
	const lines = modules.map((path, index) => {
		const { length = 0 } = contents[index] ?? {};
		const line = `tail -c +${offset} all | head -c ${length} >${basename(path)}`;
		offset += length;
		return line;
	});
	const paths = [
		...modules.map((path) => basename(path)),
		...kernelModules.map((path) => `/${FURTHER_MODULES}/${basename(path)}`),
	];
	const script = [
		`date -s @${Math.floor(Date.now() / 1000)} >/dev/null && cd /modules && cat >all || exit`,
		...lines,
		'rm all',
		...paths.map((path) => `insmod ${path} 2>&1 || exit 0`),
	];
	const errors = await remote(to, script.join('\n'), Buffer.concat(contents)).catch((error) => {
		throw new Error([(error as Error).message, ...console.ending()].join('\n'));
	});
	if (errors !== '') throw console.refusal('a module cannot be loaded in the guest', errors.trim());
}
