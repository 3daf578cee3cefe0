// SPDX-License-Identifier: MIT
/** Copies the built package, so that a test can change the library. */
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../runner/text/package-root';

const PARTS = [
	'package.json',
	'dist',
	'schema',
	'vectors',
	'docs',
	'CONTRIBUTING.md',
	'implementations/README.md',
	'implementations/kernel/README.md',
	'runner/report/html/browser',
	'implementations/native/addon',
	'implementations/native/machine',
	'implementations/native/shim',
	'implementations/native/port',
];

/** Gives the folder of a new copy; the caller removes it. */
export function copyOfPackage(): string {
	const folder = mkdtempSync(join(tmpdir(), 'dax-package-'));
	for (const part of PARTS)
		cpSync(join(packageRoot, part), join(folder, part), { recursive: true });
	symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}
