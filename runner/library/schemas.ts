// SPDX-License-Identifier: MIT
/** Compiles the validators of schemas on first use. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import type { Diff } from '../../schema/types/diff';
import type { Execution } from '../../schema/types/execution';
import type { Export } from '../../schema/types/export';
import type { KnownFailures } from '../../schema/types/known-failures';
import type { Ledger } from '../../schema/types/ledger';
import type { Profile } from '../../schema/types/profile';
import type { Program } from '../../schema/types/program';
import type { ReportRecord } from '../../schema/types/report';
import type { Vector } from '../../schema/types/vector';
import { packageRoot } from '../text/package-root';

interface Types {
	diff: Diff;
	execution: Execution;
	export: Export;
	'known-failures': KnownFailures;
	ledger: Ledger;
	profile: Profile;
	program: Program;
	report: ReportRecord;
	vector: Vector;
}

const validators = new Map<string, ValidateFunction>();
/** Schemas of files that people write: reports all errors. Other files may be huge: reports their first error. */
const WRITTEN_BY_HAND: readonly (keyof Types)[] = ['vector', 'known-failures', 'ledger'];

const ajvs = new Map<boolean, Ajv>();

/** Returns the validator of a schema. */
export function validator<Name extends keyof Types>(name: Name): ValidateFunction<Types[Name]> {
	let validate = validators.get(name);
	if (!validate) {
		const allErrors = WRITTEN_BY_HAND.includes(name);
		const ajv =
			ajvs.get(allErrors) ??
			new Ajv({
				allErrors,
				verbose: true,
				strict: true,
				allowUnionTypes: true,
				strictRequired: false,
				strictTypes: false,
				// Both save time at start-up; the tests validate the schemas.
				validateSchema: false,
				code: { optimize: false },
				// Schemas that others refer to.
				schemas: ['common', 'program', 'execution', 'report'].map(read),
			});
		ajvs.set(allErrors, ajv);
		validate = ajv.getSchema(`${name}.schema.json`) ?? ajv.compile(read(name));
		validators.set(name, validate);
	}
	return validate as ValidateFunction<Types[Name]>;
}

/** Returns a schema as data. */
export function schemaOf(name: string): object {
	const known = schemas.get(name) ?? read(name);
	schemas.set(name, known);
	return known;
}

const schemas = new Map<string, object>();

function read(name: string): object {
	const file = join(packageRoot, 'schema', `${name}.schema.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as object;
}
