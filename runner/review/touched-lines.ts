// SPDX-License-Identifier: MIT
/** Lines of a patch that take part in an interleaving. */
import { join } from 'node:path';
import { runGit, withoutRepository } from '../../implementations/system/git';
import type { Result } from '../../schema/types/report';
import type { Content } from './scratch';

export interface TouchedLine {
	/** Path within the tree. */
	readonly file: string;
	/** Line in the file that has it: after the patch for an added line, before it for a removed one. */
	readonly line: number;
	readonly side: 'added' | 'removed';
	readonly text: string;
}

/** Lines that a patch added and the failures of after run through, then lines that it removed, of those of before. */
export function touchedLines(
	before: { readonly content: Content; readonly result: Result },
	after: { readonly content: Content; readonly result: Result },
): TouchedLine[] {
	return [
		...linesOf(after.result, after.content, before.content, 'added'),
		...linesOf(before.result, before.content, after.content, 'removed'),
	];
}

function linesOf(
	{ failures }: Result,
	own: Content,
	other: Content,
	side: TouchedLine['side'],
): TouchedLine[] {
	const sources = new Set(
		failures.flatMap(({ lanes }) => lanes?.steps.flatMap(({ source }) => source ?? []) ?? []),
	);
	const places = [...sources].map((source) => {
		const [file = '', line = ''] = source.split(/:(?=\d+$)/);
		return { file, line: Number(line) };
	});
	const files = [...new Set(places.map(({ file }) => file))].sort();
	return files.flatMap((file) => {
		const changed = changedLines(other, own, file);
		const text = own.files.get(file)?.toString('utf8').split('\n') ?? [];
		return places
			.filter((place) => place.file === file && changed.has(place.line))
			.sort((a, b) => a.line - b.line)
			.map(({ line }) => ({ file, line, side, text: (text[line - 1] ?? '').trim() }));
	});
}

/** Numbers of the lines of a file that another content does not have. */
function changedLines(from: Content, to: Content, file: string): Set<number> {
	const args = ['diff', '--no-index', '--no-ext-diff', '--no-textconv', '--no-color', '-U0', '--'];
	const paths = [from, to].map(({ folder }) => join(folder, file));
	const { stdout } = runGit(to.folder, [...args, ...paths], { env: withoutRepository(to.folder) });
	const lines = new Set<number>();
	for (const [, start, count] of stdout
		.toString('utf8')
		.matchAll(/^@@ \S+ \+(\d+)(?:,(\d+))? @@/gm))
		for (let index = 0; index < Number(count ?? 1); index++) lines.add(Number(start) + index);
	return lines;
}
