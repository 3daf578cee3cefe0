// SPDX-License-Identifier: MIT
/** A rule checks what a schema cannot express. Each has a file of its own, listed in index.ts. */
import type { Diagnostic } from '../diagnostic';
import type { Variant } from '../variants';
import type { WrittenVector } from '../vector';
import type { YamlSource } from '../yaml-source';

/** A vector that follows the schema. */
export interface ValidFile {
	readonly source: YamlSource;
	readonly vector: WrittenVector;
	/** Variants with every $word replaced by its value; none for a tombstone. */
	readonly variants: readonly Variant[];
}

export type Rule = (file: ValidFile) => Iterable<Diagnostic>;
