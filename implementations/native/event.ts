// SPDX-License-Identifier: MIT
/** Reads an event from the words that the machine writes: machine/format.h. */
import type { Event } from '../../schema/types/execution';
import { nameOf, ops, RETURN, RMW } from './abi';
import { wordAt } from './memory';
import { isEdge, type Names } from './names';

export function readEvent(words: Int32Array, at: number, names: Names): Event {
	const what = wordAt(words, at);
	const op = (what >>> 8) & 0xff;
	const object = what >>> 24;
	const site = wordAt(words, at + 1) & 0xffff;
	const edge = isEdge(op);
	const memory = op <= RMW;
	const place = edge ? NOWHERE : names.place(wordAt(words, at + 2), wordAt(words, at + 3));
	return {
		agent: what & 0xff,
		op: nameOf(ops, op),
		object: edge ? names.edge(object, site) : names.object(object),
		marked: ((what >>> 16) & 0xff) !== 0,
		old: memory ? names.value(object, wordAt(words, at + 4)) : null,
		new: memory
			? names.value(object, wordAt(words, at + 5))
			: op === RETURN
				? names.result(object, site, wordAt(words, at + 5))
				: null,
		site,
		function: edge ? names.callback(wordAt(words, at + 3)) : place.function,
		source: place.source,
		enabled: agentSet(wordAt(words, at + 1) >>> 16),
	};
}

const NOWHERE = { source: undefined, function: '' };

/** Arrays of agents by bit mask, shared between events because few masks occur. */
const sets: number[][] = [];

function agentSet(mask: number): number[] {
	let set = sets[mask];
	if (!set) {
		set = Array.from({ length: 16 }, (_, agent) => agent).filter((agent) => mask & (1 << agent));
		sets[mask] = set;
	}
	return set;
}
