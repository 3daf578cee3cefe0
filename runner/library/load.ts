// SPDX-License-Identifier: MIT
/** Loads a vector: reads and parses its file, validates it against the schema and checks it by every rule. */
import { type Diagnostic, InvalidFile, MAX_DIAGNOSTICS } from './diagnostic';
import { stages } from './rules';
import { noPlaceholders } from './rules/no-placeholders';
import { validator } from './schemas';
import { validate } from './validate';
import { type Variant, variantsOf } from './variants';
import type { LiveVector, Vector, WrittenVector } from './vector';
import { YamlSource } from './yaml-source';

export interface VectorFile {
	readonly source: YamlSource;
	readonly vector: Vector;
	/** Variants with every $word replaced by its value; none for a tombstone. */
	readonly variants: readonly Variant[];
}

/** Loads one file; throws InvalidFile. */
export function loadVector(file: string): VectorFile {
	return check(YamlSource.read(file));
}

/** Loads the bytes of a file; throws InvalidFile. */
export function parseVector(file: string, bytes: Uint8Array): VectorFile {
	return check(YamlSource.parse(file, bytes));
}

function check(source: YamlSource): VectorFile {
	// Reports TODO placeholders before schema errors.
	refuse([...noPlaceholders(source)]);
	refuse(validate(source, validator('vector')));
	const vector = source.data as WrittenVector;
	const variants = vector.status === 'retired' ? [] : variantsOf(vector as LiveVector);
	for (const rules of stages)
		refuse(distinct(rules.flatMap((rule) => [...rule({ source, vector, variants })])));
	return { source, vector: vector as Vector, variants };
}

function refuse(diagnostics: readonly Diagnostic[]): void {
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics.slice(0, MAX_DIAGNOSTICS));
}

/** Keeps the first diagnostic for each code and place: rules report a mistake once for each variant. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
	const places = new Map<string, Diagnostic>();
	for (const diagnostic of diagnostics) {
		const place = `${diagnostic.code} ${diagnostic.line} ${diagnostic.column}`;
		if (!places.has(place)) places.set(place, diagnostic);
	}
	return [...places.values()];
}
