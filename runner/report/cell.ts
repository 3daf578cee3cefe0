// SPDX-License-Identifier: MIT
/** What a table of vectors by implementations calls its columns, and says in a cell. */

import { basename, resolve } from 'node:path';
import type { Header, Result } from '../../schema/types/report';
import { printable } from '../text/printable';

export const LEGEND =
	'.: passes. fail: fails, as known. FAIL: fails. -: does not apply. ?: not run. (...): open, not scored.';

/** Worst first: a variant that was not run must not hide one that fails. */
const RANK = ['fail', 'xpass', 'crash', 'timeout', 'error', 'not-run', 'xfail', 'pass', 'skip'];

/** The worst of some results. */
export const worst = (results: readonly Result[]): Result | undefined =>
	[...results].sort((a, b) => RANK.indexOf(a.verdict) - RANK.indexOf(b.verdict))[0];

/** One word for all variants: the worst of those that apply. */
export function cell(results: readonly Result[]): string {
	const { verdict, scored } = worst(results) ?? { verdict: 'skip', scored: true };
	if (verdict === 'skip') return '-';
	if (!scored) return verdict === 'pass' ? '(.)' : `(${verdict})`;
	if (verdict === 'not-run') return '?';
	if (verdict === 'xfail') return 'fail';
	return verdict === 'pass' ? '.' : verdict.toUpperCase();
}

/** Its name within a table: a revision's, or the last part of a path. */
export function label({ address, target }: Header['implementations'][number]): string {
	const [kind, name] = address.split(/:(.*)/s);
	if (name === undefined) return printable(kind === 'reference' ? target : kind!);
	return printable(kind === 'reference' ? name : basename(resolve(name)));
}
