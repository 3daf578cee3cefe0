// SPDX-License-Identifier: MIT
/** Finds the file, line and function of an address in a compiled tree, from the compiler's line table. */
import { basename } from 'node:path';
import { needsWord } from './compile-error';
import type { Reachable } from './replacements';

export interface Place {
	/** Such as "drivers/dax/super.c:118". */
	readonly source: string | undefined;
	readonly function: string;
	/** True for a function whose caller's place is shown instead. */
	readonly wrapper: boolean;
}

/** A compiled tree's tables, sorted by address. */
export interface Tables {
	readonly files: readonly string[];
	/** [address, index of the file, line] */
	readonly lines: readonly (readonly [number, number, number])[];
	/** [address, name] */
	readonly functions: readonly (readonly [number, string])[];
}

/** One-line functions, shown as the line that calls them: a line of dax_alive() would not tell which test it is. */
const WRAPPERS: ReadonlySet<string> = new Set(['dax_read_lock', 'dax_read_unlock', 'dax_alive']);

const NOWHERE: Place = { source: undefined, function: '', wrapper: false };

export class Lines {
	/** Places by address: few addresses occur, and each occurs often. */
	private readonly known: (Place | undefined)[] = [];

	/** reachable: functions that stand for unknown words. */
	constructor(
		private readonly tables: Tables,
		private readonly reachable: Reachable,
	) {}

	/** The reason for no verdict where pc lies in a function that stands for an unknown word; caller is its caller. */
	unknownWord(pc: number, caller: number): string | undefined {
		const { function: name } = this.lookUp(pc);
		const index = this.reachable.findIndex(([symbol]) => symbol === name);
		return index < 0 ? undefined : this.reasonOf(index, caller);
	}

	/** The reason for no verdict where a caller reaches the unknown word with a number. */
	reasonOf(index: number, caller: number): string {
		const { source, function: name } = this.lookUp(caller);
		const word = this.reachable[index]?.[1] ?? 'a word';
		return `${source}: ${name}() reaches ${word}; ${needsWord(word)}`;
	}

	/** The place of a return address, or its caller's where the address lies in a wrapper that the tree calls. */
	place(pc: number, caller: number): Place {
		const place = this.lookUp(pc);
		const outer = place.wrapper ? this.lookUp(caller) : place;
		// Files of the tree have a folder in their path, files of the shim have none.
		return outer.source?.includes('/') ? outer : place;
	}

	private lookUp(pc: number): Place {
		const place = this.known[pc];
		if (place) return place;
		const found = this.find(pc);
		this.known[pc] = found;
		return found;
	}

	private find(pc: number): Place {
		const { files, lines, functions } = this.tables;
		// The return address of a call may be the first address of the next line.
		const line = lastBefore(lines, pc);
		const owner = lastBefore(functions, pc);
		if (!line || !owner) return NOWHERE;
		const [, name] = owner;
		const source = `${files[line[1]]}:${line[2]}`;
		return { source, function: name, wrapper: WRAPPERS.has(name) };
	}
}

/** The last row below an address, by binary search. */
function lastBefore<T extends readonly [number, ...unknown[]]>(
	rows: readonly T[],
	address: number,
): T | undefined {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((rows[middle]?.[0] ?? address) < address) low = middle + 1;
		else high = middle;
	}
	return rows[low - 1];
}

/**
 * Reads the output of objdump --dwarf=decodedline and of nm. paths are the tree's files; the line table has their base
 * names, or for clang the ends of their paths.
 */
export function readTables(
	decodedLines: string,
	symbols: string,
	paths: readonly string[],
): Tables {
	const files: string[] = [];
	const lines: [number, number, number][] = [];
	for (const row of decodedLines.split('\n')) {
		const [, name, line, address] = /^(\S+)\s+(\d+)\s+0x([0-9a-f]+)/.exec(row) ?? [];
		if (name === undefined || address === undefined) continue;
		const base = basename(name);
		const file = paths.find((path) => basename(path) === base) ?? base;
		if (!files.includes(file)) files.push(file);
		lines.push([Number.parseInt(address, 16), files.indexOf(file), Number(line)]);
	}
	const functions: [number, string][] = [];
	for (const row of symbols.split('\n')) {
		const [, address, name] = /^([0-9a-f]+) [tT] (\S+)$/.exec(row) ?? [];
		if (name !== undefined && address !== undefined)
			functions.push([Number.parseInt(address, 16), name]);
	}
	const byAddress = (a: readonly [number, ...unknown[]], b: readonly [number, ...unknown[]]) =>
		a[0] - b[0];
	return { files, lines: lines.sort(byAddress), functions: functions.sort(byAddress) };
}
