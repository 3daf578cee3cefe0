// SPDX-License-Identifier: MIT
/** One rule of the loader: what a valid schema cannot say of a vector. One file each, listed in index.ts. */
import type { Vector } from '../../../schema/types/vector';
import type { Diagnostic } from '../diagnostic';
import type { Variant } from '../variants';
import type { Source } from '../yaml-source';

export interface VectorFile {
	readonly source: Source;
	readonly vector: Vector;
	/** Variants with their words filled in; retired vectors have none. */
	readonly variants: readonly Variant[];
}

export type Rule = (file: VectorFile) => Iterable<Diagnostic>;
