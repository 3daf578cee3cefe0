// SPDX-License-Identifier: MIT
/** Validators of schemas: those that the build compiled, else compiled on first use. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020';
import type { BlameRecord } from '../../schema/types/blame';
import type { Diff } from '../../schema/types/diff';
import type { Execution } from '../../schema/types/execution';
import type { Export } from '../../schema/types/export';
import type { KnownFailures } from '../../schema/types/known-failures';
import type { Ledger } from '../../schema/types/ledger';
import type { Profile } from '../../schema/types/profile';
import type { Program } from '../../schema/types/program';
import type { ReportRecord } from '../../schema/types/report';
import type { ReviewRecord } from '../../schema/types/review';
import type { ScenarioFile } from '../../schema/types/scenario';
import type { Vector } from '../../schema/types/vector';
import { packageRoot } from '../text/package-root';
import { isPrecompiled, precompiledFolder } from './precompiled';

interface Types {
	blame: BlameRecord;
	diff: Diff;
	execution: Execution;
	export: Export;
	'known-failures': KnownFailures;
	ledger: Ledger;
	profile: Profile;
	program: Program;
	report: ReportRecord;
	review: ReviewRecord;
	scenario: ScenarioFile;
	vector: Vector;
}

export type SchemaName = keyof Types;

/** Schemas that commands validate with: the build compiles their validators. */
export const PRECOMPILED = [
	'execution',
	'known-failures',
	'ledger',
	'profile',
	'report',
	'vector',
] as const satisfies readonly SchemaName[];

const validators = new Map<SchemaName, ValidateFunction>();

/** Returns the validator of a schema. */
export function validator<Name extends SchemaName>(name: Name): ValidateFunction<Types[Name]> {
	const validate = validators.get(name) ?? open(name);
	validators.set(name, validate);
	return validate as ValidateFunction<Types[Name]>;
}

/** Path of the module that the build writes for a schema. */
export const validatorFile = (name: SchemaName): string =>
	join(precompiledFolder, `${name}.validator.js`);

function open(name: SchemaName): ValidateFunction {
	const file = validatorFile(name);
	if (isPrecompiled() && existsSync(file)) return require(file) as ValidateFunction;
	// Loading ajv takes longer than most commands.
	const ajv = require('./compile-schema') as typeof import('./compile-schema');
	return ajv.compileSchema(name, schemaOf);
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
