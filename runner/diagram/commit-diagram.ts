// SPDX-License-Identifier: MIT
/**
 * Renders lanes for a commit message: plain ASCII in 72 columns, indented so that git reads no line as a trailer,
 * and a mail reader none as a quotation. Columns that do not fit side by side overlap: a line has one step only.
 */
import type { Lanes } from '../../schema/types/report';
import { wrap } from '../text/wrap';
import { fit } from './columns';
import { type Column, heading, place } from './overlap';
import { isTrouble, plainAscii, words } from './step';

/** Columns of a kernel commit message at most: git log indents it by 4 on a terminal of 80. */
export const COMMIT_WIDTH = 72;
const MARGIN = '  ';
const WIDTH = COMMIT_WIDTH - MARGIN.length;
/** Indentation of the further lines of a step that is too long. */
const CONTINUATION_INDENT = '    ';

/** Renders lanes as lines to paste, without places in source files, which failureDiagram() shows. */
export function commitDiagram({ threads, steps }: Lanes): string[] {
	const cells = steps.map((step) => {
		const { text, note } = words(step);
		const label = plainAscii(note ? `${text} ${note}` : text);
		return isTrouble(step)
			? { lane: step.lane, indent: 0, text: `*** ${label}` }
			: { lane: step.lane, indent: 2 * step.depth, text: label };
	});
	const columns = threads.map(plainAscii).map((name, lane): Column => {
		const own = cells.filter((cell) => cell.lane === lane);
		const width = Math.max(name.length, ...own.map(({ indent, text }) => indent + text.length));
		return { name, width, left: 0 };
	});
	place(columns, WIDTH);
	const rows = cells.flatMap(({ lane, indent, text }) => {
		const left = (columns[lane]?.left ?? 0) + indent;
		return wrapStep(text, WIDTH - left).map((line) => ' '.repeat(left) + line);
	});
	return [...heading(columns, WIDTH), ...rows].map((line) => `${MARGIN}${line}`.trimEnd());
}

/** Breaks the text of a step into lines of at most a width. */
function wrapStep(text: string, width: number): string[] {
	if (text.length <= width) return [text];
	const [first = '', ...rest] = wrap(text, width - CONTINUATION_INDENT.length);
	return [first, ...rest.map((line) => CONTINUATION_INDENT + line)].map((line) => fit(line, width));
}
