// SPDX-License-Identifier: MIT
/** Table of a review: vectors by patches, only vectors whose verdict changes. */
import type { Result } from '../../schema/types/report';
import { isBad, newExpectations, type Results } from './changes';
import type { Review } from './review';

const ID = 'DAXV-0000'.length;
const TITLE_WIDTH = 60;

export const TABLE_LEGEND =
	'.: passes. fail: fails, as on the base. FAIL: fails, unlike the base. -: does not apply. ?: not decided. (...): open, not scored.';

/** Lines of the table; none when no verdict changes. */
export function tableOf({ patches, baseResults }: Review): string[] {
	const judged = patches.filter(({ compiled }) => compiled);
	const changed = new Set(
		judged.flatMap(({ changes }) => changes.map(({ after }) => after.vector)),
	);
	const first = new Map([...baseResults.values()].map((result) => [result.vector, result]));
	const rows = [...first.values()].filter(({ vector }) => changed.has(vector));
	if (rows.length === 0) return [];
	const columns: readonly (readonly [string, Results | undefined])[] = [
		['base', baseResults],
		...judged.map(({ patch, results }) => [String(patch.number), results] as const),
	];
	const cells = rows.map(({ vector }) =>
		columns.map(([, results]) => (results ? cellOf(vector, results, baseResults) : '?')),
	);
	const widths = columns.map(([name], index) =>
		Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)),
	);
	const line = (left: string, words: readonly string[], right = ''): string =>
		[left.padEnd(ID), ...words.map((word, index) => word.padEnd(widths[index] ?? 0)), right]
			.join('  ')
			.trimEnd();
	return [
		line(
			'',
			columns.map(([name]) => name),
		),
		...rows.map(({ vector, title }, index) => line(vector, cells[index] ?? [], cut(title))),
	];
}

const cut = (title: string): string =>
	title.length <= TITLE_WIDTH ? title : `${title.slice(0, TITLE_WIDTH - 1)}~`;

/** One word for the variants of a vector: the worst of those that apply. */
function cellOf(vector: string, results: Results, base: Results): string {
	const own = [...results.values()].filter((result) => result.vector === vector);
	const word = wordOf(own, base);
	return own[0]?.scored === false && word !== '-' ? `(${word.toLowerCase()})` : word;
}

function wordOf(own: readonly Result[], base: Results): string {
	const bad = own.filter(isBad);
	const asOnBase = (result: Result): boolean => {
		const was = base.get(result.id);
		return was !== undefined && isBad(was) && newExpectations(was, result).length === 0;
	};
	if (bad.length > 0) return bad.every(asOnBase) ? 'fail' : 'FAIL';
	if (own.some(({ verdict }) => verdict === 'not-run')) return '?';
	return own.some(({ verdict }) => verdict === 'pass') ? '.' : '-';
}
