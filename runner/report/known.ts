// SPDX-License-Identifier: MIT
/** Lines about failures that are known on releases of the kernel. */
import type { Result } from '../../schema/types/report';
import { printable } from '../text/printable';
import { wrap } from '../text/wrap';
import { groupBy, idList, vectorsOf } from './ids';
import type { Context } from './reporter';

export function* knownLines(
	failing: readonly Result[],
	known: Context['knownOn'],
	width: number,
): Generator<string> {
	const found = failing.flatMap((result) => {
		const on = known?.(result);
		return on
			? [{ result, text: `${on.releases.join(', ')} as well: ${printable(on.reason)}` }]
			: [];
	});
	for (const [text, same] of groupBy(found, (each) => each.text)) {
		const ids = idList(vectorsOf(same.map(({ result }) => result)));
		const [first = '', ...rest] = wrap(`${ids}: known in ${text}`, width - 4);
		yield `  ${first}`;
		for (const line of rest) yield `    ${line}`;
	}
}
