// SPDX-License-Identifier: MIT
/** Parts of a vector as lines of text, for show. */
import { readFileSync } from 'node:fs';
import type { Link, Outcome } from '../../schema/types/vector';
import type { RevisionResults } from '../authoring/revisions';
import { archived } from '../text/links';
import { printable } from '../text/printable';

/** Columns of the name of a revision. */
const NAME_WIDTH = 13;

/** Such as "v3            fails: 1 WARN in fs_put_dax(), expected none". */
export function revisionLine({ revision, results }: RevisionResults): string {
	const { address, target } = revision;
	const name = (address.startsWith('reference') ? target : address).padEnd(NAME_WIDTH);
	const applied = results.filter(({ verdict }) => verdict !== 'skip');
	if (applied.length === 0) return `${name} does not apply: ${results[0]?.reason}`;
	const failed = applied.filter(({ verdict }) => verdict !== 'pass');
	const [first] = failed;
	if (!first) return `${name} passes`;
	const some = failed.length < applied.length ? ` (${first.id})` : '';
	const word = first.verdict === 'fail' ? 'fails' : first.verdict;
	return printable(`${name} ${word}${some}: ${first.reason}`);
}

/** An outcome on one line, in the words of the file. */
export function outcomeLine([name, { must, ...outcome }]: [string, Outcome]): string {
	const parts = Object.entries(outcome).map(([key, value]) => `${key} ${flow(value)}`);
	return `${name}: ${parts.join(', ')}${must ? ' (some interleaving must end so)' : ''}`;
}

function flow(value: unknown): string {
	if (Array.isArray(value)) return value.map(flow).join(' or ');
	if (value === null || typeof value !== 'object') return String(value);
	const pairs = Object.entries(value).map(([key, item]) => `${key} ${flow(item)}`);
	return `{${pairs.join(', ')}}`;
}

/** A source of the rule, and its own words below. */
export function linkLines(link: Link): string[] {
	const id = link['message-id'];
	const where = id === undefined ? `commit ${link.commit} ("${link.subject}")` : archived(id);
	const who = link.by === undefined ? '' : `, ${link.by}`;
	return [`${link.role}: ${where}${who}`, ...(link.says === undefined ? [] : [`  ${link.says}`])];
}

/** The file from its program on, in its own layout. */
export function statementLines(file: string): string[] {
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
	const start = lines.findIndex((line) => /^(variants|holders|device|setup|threads):/.test(line));
	return lines.slice(start).map(printable);
}
