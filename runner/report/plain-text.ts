// SPDX-License-Identifier: MIT
/** A result as plain lines, for formats that are no terminal. */
import { createColors } from 'picocolors';
import type { Result } from '../../schema/types/report';
import type { Case } from '../library/compile';
import { printable } from '../text/printable';
import { failureLines, ownReason } from './failure';

const none = createColors(false);

/** The first failure in one line, or the verdict and its reason. */
export function headline({ failures: [failure], verdict, reason }: Result): string {
	if (failure && verdict !== 'xpass') return printable(failure.message);
	return printable(reason === '' ? verdict : `${verdict}: ${reason}`);
}

/** The reason, and each failure with its interleaving. No line holds a line break or a control character. */
export function plainText(result: Result, test: Case | undefined): string[] {
	const lines = [result.title];
	const reason = ownReason(result);
	if (reason !== '') lines.push(...reason.split('\n'));
	for (const failure of result.failures)
		lines.push('', ...failureLines(result, failure, test, none));
	return lines.map((line) => printable(line));
}
