// SPDX-License-Identifier: MIT
/** A copy of the built package, whose library a test may change. */
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../runner/text/package-root';

const PARTS = [
	'package.json',
	'dist',
	'schema',
	'vectors',
	'runner/report/html/browser',
	'implementations/native/machine',
	'implementations/native/shim',
	'implementations/native/port',
];

/** Gives its folder; the caller removes it. */
export function copyOfPackage(): string {
	const folder = mkdtempSync(join(tmpdir(), 'dax-package-'));
	for (const part of PARTS)
		cpSync(join(packageRoot, part), join(folder, part), { recursive: true });
	symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}
