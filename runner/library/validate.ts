// SPDX-License-Identifier: MIT
/** Validates a file's data against its schema, in words that say where and what to do. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { nearest } from '../text/nearest';
import { type Diagnostic, MAX_DIAGNOSTICS } from './diagnostic';
import {
	allowed,
	begunKeysets,
	isDoubtful,
	isEcho,
	keysets,
	misspelt,
	settled,
} from './schema-errors';
import type { Path, YamlSource } from './yaml-source';

/** Empty when the data is valid. */
export function validate(source: YamlSource, validator: ValidateFunction): Diagnostic[] {
	const { data } = source;
	if (data !== null && typeof data === 'object' && 'format' in data && data.format !== 1) {
		const message = `format ${JSON.stringify(data.format)} is unknown`;
		const hint = 'This runner knows format 1: correct it, or update dax-vectors.';
		return [source.diagnose(['format'], { code: 'E_FORMAT', message, hint })];
	}
	if (validator(data)) return [];
	const all = validator.errors!;
	// They are compared with each other, and a file can have thousands.
	const errors = settled(all).slice(0, 10 * MAX_DIAGNOSTICS);
	const told = errors.filter((error) => !isDoubtful(error, errors) && !isEcho(error, errors));
	// Whatever is left out here, what is invalid is never taken for valid.
	const shown = [told, errors, all].find(({ length }) => length > 0)!.slice(0, MAX_DIAGNOSTICS);
	return shown.map((error) => diagnose(source, error, errors));
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
		const hint = 'Remove it: it does not go with what stands beside it.';
		return source.diagnose(path, {
			code: 'E_UNKNOWN_KEY',
			message: `"${path.at(-1)}" is not allowed here`,
			hint,
			at: 'key',
		});
	}
	if (keysets(error)) {
		const begun = begunKeysets(error);
		const names = (begun.length > 1 ? begun : keysets(error)!).map(([key]) => `"${key}"`);
		if (begun.length > 1)
			return unknown(begun.at(-1)![0]!, `${names.join(' and ')} exclude each other`, 'Keep one.');
		const sets = keysets(error)!.map((keys) => keys.join(' and '));
		return missing(`missing key ${either.format(names)}`, `Add ${either.format(sets)}.`);
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
		const must = either.format(types.map((type) => TYPES[type] ?? type));
		const is = types.includes('string') && /number|boolean/.exec(typeof data)?.[0];
		const hint = is ? `Quote it if it is meant: unquoted it is a ${is}. ${about}` : about;
		return source.diagnose(path, { code: 'E_TYPE', message: `${place} must be ${must}`, hint });
	}
	const code = /^(min|max|uniqueItems)/.test(keyword) ? 'E_RANGE' : 'E_VALUE';
	const values = allowed(error)?.map(String);
	const shown = key ?? (typeof data === 'string' ? data : undefined);
	const like = shown === undefined ? undefined : nearest(shown, values ?? []);
	const must = values
		? `must be ${values.length > 1 ? 'one of: ' : ''}${values.join(', ')}`
		: limit(error);
	const subject = key === undefined ? place : `the key "${key}" in ${place}`;
	const hint = like === undefined ? about : `Did you mean ${like}? ${about}`;
	const told =
		key === undefined
			? source.diagnose(path, { code, message: `${subject} ${must}`, hint })
			: source.diagnose([...path, key], { code, message: `${subject} ${must}`, hint, at: 'key' });
	return withFix(told, shown, like);
}

/** Where there is one word that was probably meant. */
const withFix = (told: Diagnostic, from: string | undefined, to: string | undefined): Diagnostic =>
	from === undefined || to === undefined ? told : { ...told, fix: { from, to } };

function limit({ keyword, params, message }: ErrorObject): string {
	const [, end, what] = /^(min|max)(Items|Length|Properties)$/.exec(keyword) ?? [];
	if (!end) return keyword === 'uniqueItems' ? 'must not hold the same twice' : message!;
	const noun = { Items: 'item', Length: 'character', Properties: 'key' }[what!];
	const number = `${params.limit} ${noun}${params.limit === 1 ? '' : 's'}`;
	return `must have ${end === 'min' ? 'at least' : 'at most'} ${number}`;
}

const either = new Intl.ListFormat('en', { type: 'disjunction' });

const TYPES: { readonly [type: string]: string } = {
	object: 'a mapping (key: value)',
	array: 'a list',
	string: 'text',
	integer: 'a whole number',
	boolean: 'true or false',
	null: 'null',
};

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
