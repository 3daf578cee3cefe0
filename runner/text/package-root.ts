// SPDX-License-Identifier: MIT
/** Finds the folder of the package, from the sources as well as from dist. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function find(folder: string): string {
	return existsSync(join(folder, 'package.json')) ? folder : find(dirname(folder));
}

export const packageRoot = find(__dirname);

/** Version of the package, and the address of its pages if there is one. */
export const { version, homepage } = JSON.parse(
	readFileSync(join(packageRoot, 'package.json'), 'utf8'),
) as { version: string; homepage?: string };
