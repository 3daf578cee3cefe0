// SPDX-License-Identifier: MIT
/** What changed between two versions of the library, as data and as text. */
import type { Libraries, VectorChange } from '../../schema/types/diff';
import type { Export } from '../../schema/types/export';
import { compareLibraries, type LibraryKind } from '../library/compare-libraries';
import { CONFORMS, DOES_NOT_CONFORM } from '../run/exit-code';
import { printable } from '../text/printable';
import type { Colors } from '../text/terminal';

export interface Version {
	/** As given. */
	readonly file: string;
	readonly library: Export;
}

export function diffLibraries(before: Version, after: Version): Libraries {
	const changes = compareLibraries(before.library, after.library);
	return {
		format: 1,
		tool: 'dax-vectors',
		of: 'libraries',
		before: before.file,
		after: after.file,
		// As JSON has it: what was absent is left out.
		changes: JSON.parse(JSON.stringify(changes)) as VectorChange[],
		exit: changes.some(({ breaks }) => breaks) ? DOES_NOT_CONFORM : CONFORMS,
	};
}

const meanings: Readonly<Record<LibraryKind, string>> = {
	gone: 'gone, without a tombstone',
	reused: 'was retired, and is in use again',
	changed: 'means something else',
	unscored: 'normative -> open',
	retired: 'retired',
	scored: 'open -> normative',
	reworded: 'reworded, means the same',
	new: 'new',
};

const advice: Partial<Readonly<Record<LibraryKind, string>>> = {
	gone: 'restore the file; a vector that nobody wants any more stays with status retired',
	reused: 'restore the tombstone, and give the vector a new id',
	changed: 'undo it, or retire this vector and state the new meaning under a new id',
	unscored: 'retire it, and state what is open under a new id',
	retired: 'name the normative vector that replaces it: retired/replaced-by',
};

export function* librariesText({ changes }: Libraries, colors: Colors): Generator<string> {
	const breaking = changes.filter(({ breaks }) => breaks);
	for (const change of [...breaking, ...changes.filter(({ breaks }) => !breaks)]) {
		const { kind, breaks, id, title, details, after, before } = change;
		const word = breaks ? colors.red('breaks') : colors.dim('      ');
		const status = kind === 'new' || kind === 'gone' ? `, ${after ?? before}` : '';
		yield `${word} ${colors.bold(id)}  ${meanings[kind]}${status}: ${printable(title)}`;
		for (const detail of details) for (const line of told(detail)) yield `${' '.repeat(9)}${line}`;
		if (breaks) yield `${' '.repeat(9)}-> ${advice[kind]}`;
	}
	if (changes.length > 0) yield '';
	const kinds = Object.keys(meanings) as LibraryKind[];
	const count = (kind: LibraryKind) => changes.filter((change) => change.kind === kind).length;
	const parts = kinds.filter(count).map((kind) => `${count(kind)} ${kind}`);
	if (breaking.length > 0) parts.push(colors.red(`${breaking.length} in a way that breaks an id`));
	yield parts.join(', ') || 'nothing changed';
}

const WIDTH = 72;

function* told({ path, before, after, effect }: VectorChange['details'][number]) {
	const [old, current] = [before, after].map((value) =>
		value === undefined ? 'absent' : printable(JSON.stringify(value)),
	) as [string, string];
	const note = effect === 'weaker' || effect === 'stronger' ? ` (${effect})` : '';
	if (path.length + old.length + current.length < WIDTH)
		yield `${printable(path)}${note}: ${old} -> ${current}`;
	else yield* [`${printable(path)}${note}:`, `  - ${old}`, `  + ${current}`];
}
