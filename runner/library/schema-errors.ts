// SPDX-License-Identifier: MIT
/** Filters schema errors. A union has errors for each alternative: keeps those of the one that the author meant. */
import type { ErrorObject } from 'ajv';
import { nearest } from '../text/nearest';

/** Replaces the errors of each union by those of the alternative that the author meant. */
export function settled(errors: readonly ErrorObject[]): ErrorObject[] {
	const kept: ErrorObject[] = [];
	for (const error of errors) {
		if (error.keyword === 'propertyNames') continue;
		if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
			kept.push(error);
			continue;
		}
		// The errors of alternatives come right before that of their union.
		let first = kept.length;
		while (`${kept[first - 1]?.instancePath}/`.startsWith(`${error.instancePath}/`)) first--;
		kept.push(...errorsOfIntended(error, kept.splice(first)));
	}
	return kept;
}

function errorsOfIntended(union: ErrorObject, members: readonly ErrorObject[]): ErrorObject[] {
	const sets = keysets(union);
	if (sets) {
		// Another error reports the type if this is not a mapping.
		if (Object(union.data) !== union.data) return [...members];
		const [begun, ...others] = begunKeysets(union, sets);
		if (!begun || others.length > 0) return [union];
		return members.filter(({ params }) => begun.includes(params.missingProperty));
	}
	const here = (error: ErrorObject) =>
		error.instancePath === union.instancePath && error.propertyName === undefined;
	const types = members.filter((error) => here(error) && error.keyword === 'type');
	const values = members.filter((error) => here(error) && allowed(error));
	const others = members.filter((error) => !types.includes(error) && !values.includes(error));
	const all = values.flatMap((error) => allowed(error) ?? []);
	const alike = all.filter((value) => typeof value === typeof union.data);
	if (alike.length > 0 || (types.length === 0 && all.length > 0 && others.length === 0))
		return [{ ...union, keyword: 'enum', params: { allowedValues: all } }];
	if (others.length > 0) return others.map((error) => described(error, [union, ...members]));
	const wanted = types.flatMap(({ params }) => params.type as string | string[]);
	if (all.length > 0) wanted.push('string');
	const type = [...new Set(wanted)];
	return [{ ...described(union, members), keyword: 'type', params: { type } }];
}

/** Adds a description to an error without one: that of another error at the same place. */
function described(error: ErrorObject, errors: readonly ErrorObject[]): ErrorObject {
	const meaning = errors.find(
		({ instancePath, parentSchema }) =>
			instancePath === error.instancePath && parentSchema?.description,
	);
	const { description } = meaning?.parentSchema ?? {};
	return { ...error, parentSchema: { description, ...error.parentSchema } };
}

/** Returns the keys that each alternative of a union requires; undefined if one requires anything but keys. */
export function keysets({ schema, keyword }: ErrorObject): string[][] | undefined {
	if (keyword !== 'anyOf' && keyword !== 'oneOf') return undefined;
	const sets = (schema as { required?: string[] }[]).map(({ required }) => required);
	return sets.every((keys) => keys !== undefined) ? sets : undefined;
}

/** Returns the sets of keys of which the data has at least one. */
export const begunKeysets = (union: ErrorObject, sets: readonly string[][]): string[][] =>
	sets.filter((keys) => keys.some((key) => Object.hasOwn(Object(union.data), key)));

/** Returns the values that the schema allows; undefined if it does not list them. */
export function allowed({ params }: ErrorObject): unknown[] | undefined {
	if (Array.isArray(params.allowedValues)) return params.allowedValues;
	return 'allowedValue' in params ? [params.allowedValue] : undefined;
}

/** Returns whether an error follows from a condition (if, then, else) on data that has errors itself. */
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

/** Returns whether another error reports the same mistake. */
export function isRepeated(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
	const near = errors.filter(({ instancePath }) => instancePath === error.instancePath);
	if (error.keyword === 'minProperties') return near.length > 1;
	const missing = error.params.missingProperty as string | undefined;
	if (missing === undefined) return false;
	const twin = near.find(({ params }) => params.missingProperty === missing);
	return twin !== error || near.some((other) => misspelt(other, errors) === missing);
}

/** Returns the missing key that an unknown key seems to stand for. */
export function misspelt(error: ErrorObject, errors: readonly ErrorObject[]): string | undefined {
	if (error.keyword !== 'additionalProperties') return undefined;
	const missing = errors.flatMap(({ instancePath, params }) =>
		instancePath === error.instancePath && params.missingProperty ? [params.missingProperty] : [],
	);
	return nearest(error.params.additionalProperty, missing);
}
