// SPDX-License-Identifier: MIT
/** Finds the kernel tree around the working directory. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Path of the kernel tree around a folder, relative to it, such as "." or "../.."; undefined outside of a tree. */
export function treeAround(folder = process.cwd()): string | undefined {
	for (let root = resolve(folder); ; root = dirname(root)) {
		if (isTree(root)) return relative(folder, root) || '.';
		if (root === dirname(root)) return undefined;
	}
}

/** Also true for a tree from before drivers/dax/super.c, such as a bisection may check out. */
const isTree = (folder: string): boolean =>
	['drivers/dax/super.c', 'include/linux'].every((name) => existsSync(join(folder, name))) ||
	['Kbuild', 'MAINTAINERS', 'drivers', 'include/linux'].every((name) =>
		existsSync(join(folder, name)),
	);

/** Address of what a command runs on when no address is given: the kernel tree around the working directory. */
export function defaultAddress(): string {
	const tree = treeAround();
	return tree === undefined ? 'reference' : `native:${tree}`;
}
