// SPDX-License-Identifier: MIT
/** Loads a vector: reads its file, and checks it unless the build did. */
import { type Variant, variantsOf } from './variants';
import type { Vector } from './vector';
import { YamlSource } from './yaml-source';

export interface VectorFile {
	readonly source: YamlSource;
	readonly vector: Vector;
	/** Variants with every $word replaced by its value; none for a tombstone. */
	readonly variants: readonly Variant[];
}

/** Loads one file from YAML; throws InvalidFile. */
export function loadVector(file: string): VectorFile {
	return checked(YamlSource.read(file));
}

/** Loads the bytes of a file; throws InvalidFile. */
export function parseVector(file: string, bytes: Uint8Array): VectorFile {
	return checked(YamlSource.parse(file, bytes));
}

/** Loads one file, as the build compiled it if that is current; throws InvalidFile. */
export function loadCompiled(file: string): VectorFile {
	const source = YamlSource.compiled(file);
	if (!source) return loadVector(file);
	const vector = source.data as Vector;
	return { source, vector, variants: vector.status === 'retired' ? [] : variantsOf(vector) };
}

function checked(source: YamlSource): VectorFile {
	// The rules and the validator are not loaded for files that the build checked.
	const { check } = require('./check') as typeof import('./check');
	const variants = check(source);
	return { source, vector: source.data as Vector, variants };
}
