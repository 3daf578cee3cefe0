// SPDX-License-Identifier: MIT
/** Own words of a mail, with the quoted lines that they answer. */
import { wrap } from '../text/wrap';
import { LINE_WIDTH, safeLine } from './findings';
import type { Block } from './mail-parts';
import type { Splat } from './splat/read';

/** Lines that a draft copies from a mail. */
const MAX_LINES = 200;
/** Characters of a line of prose; some mails have a paragraph on one line. */
const MAX_PARAGRAPH = 1000;
/** Quoted lines that are kept above an answer. */
const MAX_ANSWERED_LINES = 4;

const OMITTED = '[...]';
const ELLIPSIS = /^\[?\s*(?:\.\.\.|snip|cut|\u2026)\s*\]?$/i;
/** Ruler and statistics of a patch, which replies quote without answering them. */
const DIFFSTAT = /^\s*(?:---|\S+ +\| +\d+ [+-]*|\d+ files? changed.*)$/;

/** Lines of a quotation that the words below it answer. */
export function answered({ lines }: Block): string[] {
	const all = lines.filter((line) => !DIFFSTAT.test(line));
	while (all.at(-1)?.trim() === '') all.pop();
	const kept = all.slice(-MAX_ANSWERED_LINES);
	while (kept[0]?.trim() === '') kept.shift();
	return kept;
}

/** Own words as lines of a draft. The lines of splats, which are facts elsewhere, become their headlines. */
export function wordsOf(
	blocks: readonly Block[],
	splatsOf: (block: Block) => readonly Splat[],
): string[] {
	const lines: string[] = [];
	for (const [index, block] of blocks.entries()) {
		if (lines.length > 0) lines.push('');
		if (!block.quoted) lines.push(...trimmed(withoutSplats(block, splatsOf(block))));
		else if (index + 1 < blocks.length) {
			const kept = answered(block);
			if (kept.length < block.lines.filter((line) => line.trim() !== '').length)
				lines.push(`> ${OMITTED}`);
			lines.push(...kept.map((line) => `> ${line}`));
		}
	}
	const safe = trimmed(lines)
		.slice(0, 4 * MAX_LINES)
		.flatMap((line) => {
			const whole = safeLine(line, MAX_PARAGRAPH);
			return whole.length > LINE_WIDTH ? wrap(whole, LINE_WIDTH) : whole;
		});
	return safe.length <= MAX_LINES ? safe : [...safe.slice(0, MAX_LINES), '(cut)'];
}

function withoutSplats({ lines }: Block, splats: readonly Splat[]): string[] {
	const kept: string[] = [];
	for (const [index, line] of lines.entries()) {
		const inside = splats.find(({ from, to }) => index >= from && index < to);
		if (inside?.from === index) kept.push(`${inside.headline} ${OMITTED}`);
		else if (!inside && !ELLIPSIS.test(line.trim())) kept.push(line);
	}
	return kept;
}

/** Without empty lines at either end, and with one between paragraphs. */
function trimmed(lines: readonly string[]): string[] {
	const kept = lines.filter((line, index) => line.trim() !== '' || lines[index - 1]?.trim() !== '');
	while (kept[0]?.trim() === '') kept.shift();
	while (kept.at(-1)?.trim() === '') kept.pop();
	return kept;
}
