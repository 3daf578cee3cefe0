// SPDX-License-Identifier: MIT
/** Validates a file's data against its schema, in words that say where and what to do. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Code, Diagnostic } from './errors';
import type { Path, Source } from './source';

/** Empty when the data is valid. */
export function validate(source: Source, validator: ValidateFunction): Diagnostic[] {
	const { data } = source;
	if (data !== null && typeof data === 'object' && 'format' in data && data.format !== 1) {
		const message = `format ${JSON.stringify(data.format)} is unknown`;
		const hint = 'This runner knows format 1: correct it, or update dax-vectors.';
		return [source.at(['format'], 'E_FORMAT', message, hint)];
	}
	if (validator(data)) return [];
	return relevant(validator.errors ?? []).map((error) => diagnose(source, error));
}

/** Of the errors that a union of alternatives gives, those about the deepest place: that is what was meant. */
function relevant(errors: readonly ErrorObject[]): ErrorObject[] {
	const composite = new Set(['anyOf', 'oneOf', 'if', 'allOf', 'propertyNames']);
	const simple = errors.filter(({ keyword }) => !composite.has(keyword));
	const kept = new Map<string, ErrorObject>();
	for (const error of simple.length > 0 ? simple : errors) {
		const place = error.instancePath;
		const deeper = simple.some(({ instancePath }) => instancePath.startsWith(`${place}/`));
		const alternative = /\/(anyOf|oneOf)\//.test(error.schemaPath);
		if (deeper && alternative) continue;
		const key = `${place} ${namedKey(error) ?? ''}`;
		const known = kept.get(key);
		// Of two alternatives for one place, a type says less than a list of values.
		if (!known || known.keyword === 'type') kept.set(key, error);
	}
	return [...kept.values()];
}

function namedKey(error: ErrorObject): string | undefined {
	const { additionalProperty, missingProperty } = error.params as Record<
		string,
		string | undefined
	>;
	return additionalProperty ?? missingProperty ?? error.propertyName;
}

function diagnose(source: Source, error: ErrorObject): Diagnostic {
	const path = toPath(error.instancePath, source.data);
	const where = path.length === 0 ? 'the top of the file' : path.join('/');
	const key = namedKey(error);
	const properties = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
	switch (error.keyword) {
		case 'additionalProperties':
			return source.at(
				[...path, key!],
				'E_UNKNOWN_KEY',
				`"${key}" is not a key of ${where}`,
				`Use one of: ${properties.join(', ')}.`,
				'key',
			);
		case 'false schema':
			return source.at(
				path,
				'E_UNKNOWN_KEY',
				`"${path.at(-1)}" is not allowed here`,
				'Remove it: it does not go with what stands beside it.',
				'key',
			);
		case 'required':
		case 'dependentRequired':
			return source.at(
				path,
				'E_MISSING_KEY',
				`${where} lacks "${key}"`,
				`Add "${key}"${describe(error, key)}.`,
			);
		case 'type':
			return source.at(
				path,
				'E_TYPE',
				`${where} must be ${String((error.params as { type: unknown }).type).replaceAll(',', ' or ')}`,
				description(error),
			);
		default:
			return source.at(
				path,
				codeOf(error.keyword),
				`${where} ${allowed(error)}`,
				description(error),
				error.propertyName === undefined ? 'value' : 'key',
			);
	}
}

function codeOf(keyword: string): Code {
	return /^(min|max|uniqueItems)/.test(keyword) ? 'E_RANGE' : 'E_VALUE';
}

function allowed(error: ErrorObject): string {
	const { allowedValues, allowedValue } = error.params as {
		allowedValues?: unknown[];
		allowedValue?: unknown;
	};
	const name =
		error.propertyName === undefined ? '' : `has the key "${error.propertyName}", which `;
	if (allowedValues) return `${name}must be one of: ${allowedValues.join(', ')}`;
	if (allowedValue !== undefined) return `${name}must be ${JSON.stringify(allowedValue)}`;
	return `${name}${error.message ?? 'is not valid'}`;
}

function description(error: ErrorObject): string {
	const { description } = (error.parentSchema ?? {}) as { description?: string };
	return description ?? 'See vectors/README.md for the format.';
}

function describe(error: ErrorObject, key: string | undefined): string {
	const properties = error.parentSchema?.properties as
		| Record<string, { description?: string }>
		| undefined;
	const text = key === undefined ? undefined : properties?.[key]?.description;
	return text ? `: ${text.replace(/\.$/, '')}` : '';
}

/** A JSON pointer as keys and indexes of the data. */
function toPath(pointer: string, data: unknown): Path {
	const path: (string | number)[] = [];
	let value = data;
	for (const part of pointer.split('/').slice(1)) {
		const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
		path.push(Array.isArray(value) ? Number(key) : key);
		value = (value as Record<string, unknown> | undefined)?.[key];
	}
	return path;
}
