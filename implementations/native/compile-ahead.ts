// SPDX-License-Identifier: MIT
/** Compiles trees into the cache in processes of their own, while the caller judges the first of them. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Unavailable } from '../unavailable';
import { findToolchain } from './toolchain';
import { compileFolder } from './tree';

export interface CompileAhead {
	/** Resolves when the compilation of a folder has ended, well or not. */
	ended(folder: string): Promise<void>;
	/** Ends the processes. */
	stop(): void;
}

/** Starts to compile folders, in their order, on every core. */
export function compileAhead(
	folders: readonly string[],
	processes = availableParallelism(),
): CompileAhead {
	const done = new Map<string, () => void>();
	const waits = new Map(
		folders.map((folder) => [folder, new Promise<void>((resolve) => done.set(folder, resolve))]),
	);
	const share = (index: number) => folders.filter((_, each) => each % processes === index);
	const children = Array.from({ length: processes }, (_, index) => share(index))
		.filter((own) => own.length > 0)
		.map((own) => {
			const args = [...process.execArgv, __filename, ...own];
			const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
			let next = 0;
			child.stdout.on('data', (bytes: Buffer) => {
				for (let count = bytes.length; count > 0; count--) done.get(own[next++] ?? '')?.();
			});
			// Without the process, the caller compiles.
			const give = () => {
				for (const folder of own) done.get(folder)?.();
			};
			child.on('error', give).on('close', give);
			child.stdin.on('error', give);
			return child;
		});
	return {
		ended: (folder) => waits.get(folder) ?? Promise.resolve(),
		stop: () => {
			for (const child of children) child.kill();
		},
	};
}

/**
 * Compiles each folder and writes one byte for it. A tree that does not compile is reported by the process that judges
 * it.
 */
function main(folders: readonly string[]): void {
	const toolchain = findToolchain();
	const compileNext = (index: number): void => {
		const folder = folders[index];
		if (folder === undefined) process.exit(0);
		try {
			compileFolder(folder, toolchain);
		} catch (error) {
			if (!(error instanceof Unavailable)) throw error;
		}
		process.stdout.write('.', () => setImmediate(compileNext, index + 1));
	};
	// The parent ended.
	process.stdin.on('end', () => process.exit(0)).resume();
	compileNext(0);
}

if (require.main === module) main(process.argv.slice(2));
