// SPDX-License-Identifier: MIT
/** Cells and column names of a table of vectors by implementations. */
import { basename, resolve } from 'node:path';
import type { Header, Result } from '../../schema/types/report';
import { printable } from '../text/printable';
import { verdicts, worst } from './verdicts';

const legend = (['pass', 'xfail', 'fail', 'skip', 'not-run'] as const)
	.map((verdict) => `${verdicts[verdict].cell}: ${verdicts[verdict].words}.`)
	.join(' ');
export const LEGEND = `${legend} (...): open, not scored.`;

/** Cell for the results of all variants: the worst of them, in parentheses for an open vector. */
export function cell(results: readonly Result[]): string {
	const { verdict, scored } = worst(results) ?? { verdict: 'skip', scored: true };
	if (scored || verdict === 'skip') return verdicts[verdict].cell;
	return verdict === 'pass' ? '(.)' : `(${verdict})`;
}

/** Name of a column: a revision, or the last part of a path. */
export function label({ address, target }: Header['implementations'][number]): string {
	const [kind = '', name] = address.split(/:(.*)/s);
	if (name === undefined) return printable(kind === 'reference' ? target : kind);
	if (kind === 'reference') return printable(name);
	// Of LINUX@REV, the revision; of a range, its end.
	const [, revision] = /@(?:.*\.\.)?([^@]+)$/.exec(name) ?? [];
	return printable(revision ?? basename(resolve(name)));
}
