// SPDX-License-Identifier: MIT
/** Writes the pages into a folder, by default dist/docs: npm run docs [-- FOLDER]. */
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../implementations/system/make-folder';
import { openLibrary } from '../library/library';
import { HARNESS_ERROR } from '../report/exit-codes';
import { packageRoot } from '../text/package-root';
import { UserError } from '../text/user-error';
import { site } from './site';

async function build(folder: string): Promise<void> {
	// Removes pages of vectors and guides that no longer exist.
	for (const part of ['v', 'guide']) rmSync(join(folder, part), { recursive: true, force: true });
	let pages = 0;
	const library = await openLibrary();
	for (const draft of library.drafts) console.error(`docs: left out, unfinished: ${draft}`);
	for await (const [path, text] of site(library)) {
		const file = join(folder, path);
		makeFolder(dirname(file));
		writeFileSync(file, text);
		pages++;
	}
	console.log(`${pages} pages: ${join(folder, 'index.html')}`);
}

build(process.argv[2] ?? join(packageRoot, 'dist/docs')).catch((error) => {
	const { syscall } = error as NodeJS.ErrnoException;
	if (!(error instanceof UserError) && syscall === undefined) throw error;
	console.error(`docs: ${error.message}`);
	process.exitCode = HARNESS_ERROR;
});
