// SPDX-License-Identifier: MIT
/** Checks a vector: validates its file against the schema, and applies every rule. */
import { type Diagnostic, InvalidFile, MAX_DIAGNOSTICS } from './diagnostic';
import { stages } from './rules';
import { noPlaceholders } from './rules/no-placeholders';
import { validator } from './schemas';
import { validate } from './validate';
import { type Variant, variantsOf } from './variants';
import type { LiveVector, WrittenVector } from './vector';
import type { YamlSource } from './yaml-source';

/** Returns the variants of the vector; throws InvalidFile. */
export function check(source: YamlSource): readonly Variant[] {
	// Reports TODO placeholders before schema errors.
	refuse([...noPlaceholders(source)]);
	refuse(validate(source, validator('vector')));
	const vector = source.data as WrittenVector;
	const variants = vector.status === 'retired' ? [] : variantsOf(vector as LiveVector);
	for (const rules of stages)
		refuse(distinct(rules.flatMap((rule) => [...rule({ source, vector, variants })])));
	return variants;
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
