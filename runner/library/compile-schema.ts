// SPDX-License-Identifier: MIT
/** Compiles the validator of a schema with ajv. */
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import standaloneCode from 'ajv/dist/standalone';

/** Schemas of files that people write: reports all errors. Other files may be huge: reports their first error. */
const WRITTEN_BY_HAND: readonly string[] = ['vector', 'known-failures', 'ledger', 'scenario'];

/** Schemas that others refer to. */
const SHARED = ['common', 'program', 'execution', 'report'];

type ReadSchema = (name: string) => object;

const ajvs = new Map<boolean, Ajv>();

/** Compiles a validator for this process. */
export function compileSchema(name: string, read: ReadSchema): ValidateFunction {
	const allErrors = WRITTEN_BY_HAND.includes(name);
	const ajv = ajvs.get(allErrors) ?? ajvFor(allErrors, read);
	ajvs.set(allErrors, ajv);
	return find(ajv, name, read);
}

/** Compiles a validator to the text of a module. */
export function compileToModule(name: string, read: ReadSchema): string {
	const ajv = ajvFor(WRITTEN_BY_HAND.includes(name), read, true);
	return standaloneCode(ajv, find(ajv, name, read));
}

const find = (ajv: Ajv, name: string, read: ReadSchema): ValidateFunction =>
	ajv.getSchema(`${name}.schema.json`) ?? ajv.compile(read(name));

const ajvFor = (allErrors: boolean, read: ReadSchema, toModule = false): Ajv =>
	new Ajv({
		allErrors,
		verbose: true,
		strict: true,
		allowUnionTypes: true,
		strictRequired: false,
		strictTypes: false,
		// Both save time at start-up; the tests validate the schemas.
		validateSchema: false,
		code: { source: toModule, optimize: toModule },
		schemas: SHARED.map(read),
	});
