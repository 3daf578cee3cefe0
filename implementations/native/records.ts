// SPDX-License-Identifier: MIT
/** What the machine noted besides the events: warnings, callbacks, faults, and who was still waiting. */
import type { Execution } from '../../schema/types/execution';
import { flagsName, lengthName } from '../memory-failure';
import { CALLBACK, FAULT, FENCE, faults, ops, WARNING } from './abi';
import { isEdge, type Names } from './names';

/** Puts the record at a word where it belongs in an execution. */
export function readRecord(
	words: Int32Array,
	at: number,
	names: Names,
	{ warnings, callbacks, faults: list, blocked }: Execution,
): void {
	const [agent, event, a, b] = [words[at + 1]!, words[at + 2]!, words[at + 3]!, words[at + 4]!];
	switch (words[at]) {
		case WARNING: {
			const { function: name, source } = names.place(words[at + 5]!, words[at + 6]!);
			warnings.push({ function: name, source, agent, event });
			return;
		}
		case CALLBACK:
			callbacks.push({
				holder: names.holder(a + 1),
				offset: Number(long(words, at + 5)),
				length: lengthName(long(words, at + 7)),
				flags: flagsName(b),
				agent,
				event,
			});
			return;
		case FAULT:
			list.push({ fault: faults[a]!, agent: agent < 0 ? null : agent, event });
			return;
		case FENCE:
			return;
		default:
			blocked.push({
				agent,
				op: ops[a]!,
				object: isEdge(a) ? names.edge(b, event) : names.object(b),
			});
	}
}

function long(words: Int32Array, at: number): bigint {
	return BigInt.asUintN(64, (BigInt(words[at + 1]!) << 32n) | BigInt(words[at]! >>> 0));
}
