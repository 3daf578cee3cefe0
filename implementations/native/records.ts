// SPDX-License-Identifier: MIT
/** Reads the machine's records beside events: warnings, callbacks, faults, and agents that still wait at the end. */
import type { Execution } from '../../schema/types/execution';
import { NoAnswer } from '../implementation';
import { bytesName, flagsName } from '../memory-failure';
import {
	CALLBACK,
	FAULT,
	FENCE,
	faults,
	HOLDER_BITS,
	LOG,
	nameOf,
	ops,
	START_OFF,
	SYSTEM_CALL,
	UNTOUCHED,
	WARNING,
} from './abi';
import { wordAt } from './memory';
import { isEdge, type Names } from './names';

/** Adds the record at a word to an execution. Throws NoAnswer where the execution reached an unknown word. */
export function readRecord(
	words: Int32Array,
	at: number,
	names: Names,
	{ results, warnings, callbacks, faults: list, blocked }: Execution,
): void {
	const word = (index: number): number => wordAt(words, at + index);
	const [agent, event, a, b] = [word(1), word(2), word(3), word(4)];
	switch (words[at]) {
		case WARNING: {
			const reason = names.unknownWord(word(5), word(6));
			if (reason !== undefined) throw new NoAnswer('not-run', reason);
			const { function: name, source } = names.place(word(5), word(6));
			warnings.push({ function: name, source, agent, event });
			return;
		}
		case CALLBACK:
			callbacks.push({
				holder: names.holder((a & ((1 << HOLDER_BITS) - 1)) + 1),
				...deviceOf(a >> HOLDER_BITS),
				offset: bytesName(long(words, at + 5)),
				length: bytesName(long(words, at + 7)),
				flags: flagsName(b),
				agent,
				event,
			});
			return;
		case FAULT:
			list.push({
				fault: nameOf(faults, a),
				agent: agent < 0 ? null : agent,
				event,
				...(a === SYSTEM_CALL && { call: names.systemCall(b) }),
			});
			return;
		case FENCE:
			return;
		case START_OFF: {
			const bytes = long(words, at + 5);
			const result = results.findLast(({ site }) => site === a);
			if (result) result.start_off = bytes === UNTOUCHED ? 'untouched' : Number(bytes);
			return;
		}
		default:
			blocked.push({
				agent,
				op: nameOf(ops, a),
				object: isEdge(a) ? names.edge(b, event) : names.object(b),
			});
	}
}

/** The device of a callback, where it is not the first one. */
function deviceOf(device: number): Pick<Execution['callbacks'][number], 'device'> {
	if (device === 0) return {};
	return { device: device === LOG ? 'log' : 'unknown' };
}

/** A number of 64 bits, low word first. */
function long(words: Int32Array, at: number): bigint {
	return BigInt.asUintN(
		64,
		(BigInt(wordAt(words, at + 1)) << 32n) | BigInt(wordAt(words, at) >>> 0),
	);
}
