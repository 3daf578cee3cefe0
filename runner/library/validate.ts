// SPDX-License-Identifier: MIT
/** Validates the data of a file against its schema, and turns schema errors into diagnostics. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { nearest } from '../text/nearest';
import { type Diagnostic, MAX_DIAGNOSTICS } from './diagnostic';
import {
	allowed,
	begunKeysets,
	isDoubtful,
	isRepeated,
	keysets,
	misspelt,
	settled,
} from './schema-errors';
import type { Path, YamlSource } from './yaml-source';

/** Returns the diagnostics of a file; none if its data is valid. */
export function validate(source: YamlSource, validator: ValidateFunction): Diagnostic[] {
	const { data } = source;
	if (data !== null && typeof data === 'object' && 'format' in data && data.format !== 1) {
		const message = `format ${JSON.stringify(data.format)} is unknown`;
		const hint = 'Write format 1, or update dax-vectors.';
		return [source.diagnose(['format'], { code: 'E_FORMAT', message, hint })];
	}
	if (validator(data)) return [];
	const all = validator.errors ?? [];
	// Limited, because errors are compared with each other and a file can have thousands.
	const errors = settled(all).slice(0, 10 * MAX_DIAGNOSTICS);
	const clear = errors.filter((error) => !isDoubtful(error, errors) && !isRepeated(error, errors));
	// Falls back to the unfiltered errors, so that invalid data always has a diagnostic.
	const shown = [clear, errors].find(({ length }) => length > 0) ?? all;
	return shown.slice(0, MAX_DIAGNOSTICS).map((error) => diagnose(source, error, errors));
}

type Described = { description?: string; properties?: Record<string, Described> };

function diagnose(
	source: YamlSource,
	error: ErrorObject,
	errors: readonly ErrorObject[],
): Diagnostic {
	const path = toPath(error.instancePath, source.data);
	const within = path.length === 0 ? '' : ` in ${path.join('/')}`;
	const { keyword, params } = error;
	const schema = (error.parentSchema ?? {}) as Described;
	const unknown = (key: string, message: string, hint: string) =>
		source.diagnose([...path, key], {
			code: 'E_UNKNOWN_KEY',
			message: message + within,
			hint,
			at: 'key',
		});
	const missing = (message: string, hint: string) =>
		source.diagnose(path, { code: 'E_MISSING_KEY', message: message + within, hint, at: 'key' });

	if (keyword === 'additionalProperties') {
		const key = params.additionalProperty as string;
		const keys = Object.keys(schema.properties ?? {});
		const like = misspelt(error, errors) ?? nearest(key, keys);
		const hint = like ? `Did you mean "${like}"?` : `Use one of: ${keys.join(', ')}.`;
		return withFix(unknown(key, `unknown key "${key}"`, hint), key, like);
	}
	if (keyword === 'false schema') {
		const hint = 'Remove it: another key here excludes it.';
		return source.diagnose(path, {
			code: 'E_UNKNOWN_KEY',
			message: `"${path.at(-1)}" is not allowed here`,
			hint,
			at: 'key',
		});
	}
	const sets = keysets(error);
	if (sets) {
		const begun = begunKeysets(error, sets);
		const names = (begun.length > 1 ? begun : sets).map(([key]) => `"${key}"`);
		const excess = begun.length > 1 ? begun.at(-1)?.[0] : undefined;
		if (excess !== undefined)
			return unknown(excess, `${names.join(' and ')} exclude each other`, 'Keep one of them.');
		const either = sets.map((keys) => keys.join(' and '));
		return missing(`missing key ${oneOf(names)}`, `Add ${oneOf(either)}.`);
	}
	if (params.missingProperty !== undefined) {
		const key = params.missingProperty as string;
		const meaning = schema.properties?.[key]?.description?.replace(/\.$/, '');
		return missing(`missing key "${key}"`, `Add "${key}"${meaning ? `: ${meaning}` : ''}.`);
	}
	return diagnoseValue(source, error, path);
}

function diagnoseValue(source: YamlSource, error: ErrorObject, path: Path): Diagnostic {
	const { keyword, params, data, propertyName: key } = error;
	const place = path.length === 0 ? 'the file' : path.join('/');
	const { description } = (error.parentSchema ?? {}) as Described;
	const about = description ?? 'See vectors/README.md for the format.';
	if (keyword === 'type') {
		const types = [params.type as string | string[]].flat();
		const must = oneOf(types.map((type) => TYPES[type] ?? type));
		const is = types.includes('string') && /number|boolean/.exec(typeof data)?.[0];
		const hint = is ? `Quote it to make it text: unquoted it is a ${is}. ${about}` : about;
		return source.diagnose(path, { code: 'E_TYPE', message: `${place} must be ${must}`, hint });
	}
	const code = /^(min|max|uniqueItems)/.test(keyword) ? 'E_RANGE' : 'E_VALUE';
	const values = allowed(error)?.map(String);
	const shown = key ?? (typeof data === 'string' ? data : undefined);
	const like = shown === undefined ? undefined : nearest(shown, values ?? []);
	const must = values ? `must be ${valuesText(values)}` : limit(error);
	const subject = key === undefined ? place : `the key "${key}" in ${place}`;
	const hint = like === undefined ? about : `Did you mean ${like}? ${about}`;
	const diagnostic =
		key === undefined
			? source.diagnose(path, { code, message: `${subject} ${must}`, hint })
			: source.diagnose([...path, key], { code, message: `${subject} ${must}`, hint, at: 'key' });
	return withFix(diagnostic, shown, like);
}

/** Values of an error message at most: there are 131 errors. */
const MAX_LISTED = 32;

function valuesText(values: readonly string[]): string {
	if (values.length <= MAX_LISTED)
		return `${values.length > 1 ? 'one of: ' : ''}${values.join(', ')}`;
	return `one of ${values.length} values, such as ${values.slice(0, 4).join(', ')}; the schema lists all`;
}

/** Adds a correction if there is one likely word. */
const withFix = (
	diagnostic: Diagnostic,
	from: string | undefined,
	to: string | undefined,
): Diagnostic =>
	from === undefined || to === undefined ? diagnostic : { ...diagnostic, fix: { from, to } };

function limit({ keyword, params, message }: ErrorObject): string {
	const [, end, what = ''] = /^(min|max)(Items|Length|Properties)$/.exec(keyword) ?? [];
	if (!end)
		return keyword === 'uniqueItems'
			? 'must not have the same item twice'
			: (message ?? 'is invalid');
	const noun = { Items: 'item', Length: 'character', Properties: 'key' }[what];
	const number = `${params.limit} ${noun}${params.limit === 1 ? '' : 's'}`;
	return `must have ${end === 'min' ? 'at least' : 'at most'} ${number}`;
}

/** Made when a diagnostic needs it, because it loads the data of a language. */
const oneOf = (words: readonly string[]): string =>
	new Intl.ListFormat('en', { type: 'disjunction' }).format(words);

const TYPES: { readonly [type: string]: string } = {
	object: 'a mapping (key: value)',
	array: 'a list',
	string: 'text',
	integer: 'a whole number',
	boolean: 'true or false',
	null: 'null',
};

/** Converts a JSON pointer to keys and indexes of the data. */
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
