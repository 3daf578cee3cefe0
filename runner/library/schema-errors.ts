// SPDX-License-Identifier: MIT
/** Of all that a validator complains about, what was meant: unions of alternatives give an error for each. */
import type { ErrorObject } from 'ajv';
import { nearest } from '../text/nearest';

/** Of each union of alternatives, what is wrong with the one that was meant. */
export function settled(errors: readonly ErrorObject[]): ErrorObject[] {
	const kept: ErrorObject[] = [];
	for (const error of errors) {
		if (error.keyword === 'propertyNames') continue;
		if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
			kept.push(error);
			continue;
		}
		// What the alternatives gave stands right before their union.
		let first = kept.length;
		while (first > 0 && `${kept[first - 1]!.instancePath}/`.startsWith(`${error.instancePath}/`))
			first--;
		kept.push(...meant(error, kept.splice(first)));
	}
	return kept;
}

function meant(union: ErrorObject, members: readonly ErrorObject[]): ErrorObject[] {
	if (keysets(union)) {
		// Of what is no mapping, its type is said already.
		if (Object(union.data) !== union.data) return [...members];
		const begun = begunKeysets(union);
		if (begun.length !== 1) return [union];
		return members.filter(({ params }) => begun[0]!.includes(params.missingProperty));
	}
	const here = (error: ErrorObject) =>
		error.instancePath === union.instancePath && error.propertyName === undefined;
	const types = members.filter((error) => here(error) && error.keyword === 'type');
	const values = members.filter((error) => here(error) && allowed(error));
	const others = members.filter((error) => !types.includes(error) && !values.includes(error));
	const all = values.flatMap((error) => allowed(error)!);
	const alike = all.filter((value) => typeof value === typeof union.data);
	if (alike.length > 0 || (types.length === 0 && all.length > 0 && others.length === 0))
		return [{ ...union, keyword: 'enum', params: { allowedValues: all } }];
	if (others.length > 0) return others.map((error) => described(error, [union, ...members]));
	const wanted = types.flatMap(({ params }) => params.type as string | string[]);
	if (all.length > 0) wanted.push('string');
	const type = [...new Set(wanted)];
	return [{ ...described(union, members), keyword: 'type', params: { type } }];
}

/** With the meaning that an alternative itself has none of. */
function described(error: ErrorObject, errors: readonly ErrorObject[]): ErrorObject {
	const meaning = errors.find(
		({ instancePath, parentSchema }) =>
			instancePath === error.instancePath && parentSchema?.description,
	);
	const { description } = meaning?.parentSchema ?? {};
	return { ...error, parentSchema: { description, ...error.parentSchema } };
}

/** The keys that each alternative of a union asks for; undefined when they ask for something else. */
export function keysets({ schema, keyword }: ErrorObject): string[][] | undefined {
	if (keyword !== 'anyOf' && keyword !== 'oneOf') return undefined;
	const sets = (schema as { required?: string[] }[]).map(({ required }) => required);
	return sets.every((keys) => keys !== undefined) ? sets : undefined;
}

export const begunKeysets = (union: ErrorObject): string[][] =>
	keysets(union)!.filter((keys) => keys.some((key) => Object.hasOwn(Object(union.data), key)));

export function allowed({ params }: ErrorObject): unknown[] | undefined {
	if (Array.isArray(params.allowedValues)) return params.allowedValues;
	return 'allowedValue' in params ? [params.allowedValue] : undefined;
}

/** Does it follow from a condition (if, then, else) on something that is itself wrong? */
export function isDoubtful(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
	if (error.keyword === 'if') return true;
	return errors.some(({ keyword, schemaPath, instancePath: place, parentSchema }) => {
		if (keyword !== 'if') return false;
		const branches = ['then', 'else'].map((name) => schemaPath.replace(/if$/, name));
		if (!branches.some((branch) => error.schemaPath.startsWith(`${branch}/`))) return false;
		return Object.keys(parentSchema?.if.properties ?? {}).some((key) =>
			errors.some(
				(other) =>
					other.instancePath === `${place}/${key}` ||
					(other.instancePath === place && other.params.missingProperty === key),
			),
		);
	});
}

/** Is the same said by another error? */
export function isEcho(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
	const near = errors.filter(({ instancePath }) => instancePath === error.instancePath);
	if (error.keyword === 'minProperties') return near.length > 1;
	const missing = error.params.missingProperty as string | undefined;
	if (missing === undefined) return false;
	const twin = near.find(({ params }) => params.missingProperty === missing);
	return twin !== error || near.some((other) => misspelt(other, errors) === missing);
}

/** The missing key that an unknown key seems to be. */
export function misspelt(error: ErrorObject, errors: readonly ErrorObject[]): string | undefined {
	if (error.keyword !== 'additionalProperties') return undefined;
	const missing = errors.flatMap(({ instancePath, params }) =>
		instancePath === error.instancePath && params.missingProperty ? [params.missingProperty] : [],
	);
	return nearest(error.params.additionalProperty, missing);
}
