// SPDX-License-Identifier: MIT
/**
 * Writes schema/types/NAME.ts for each schema/NAME.schema.json. A reference to another schema becomes an import of its
 * type. With --check, writes nothing, names the files that are not current and exits with 1.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const check = process.argv.includes('--check');

const readSchema = (file: string): JSONSchema =>
	JSON.parse(readFileSync(join(__dirname, file), 'utf8'));

/** Names of imported types by module. */
type Imports = Map<string, Set<string>>;

/** Names the type of a reference such as "common.schema.json#/$defs/callName" or "program.schema.json". */
function importedType(reference: string, imports: Imports): string {
	const [file, definition] = reference.split('#/$defs/') as [string, string?];
	const name = definition
		? definition.charAt(0).toUpperCase() + definition.slice(1)
		: (readSchema(file).title as string);
	const module = file.replace('.schema.json', '');
	imports.set(module, (imports.get(module) ?? new Set()).add(name));
	return name;
}

/** Copies a schema, each reference to another file replaced by the name of its type. */
function withImports(schema: unknown, imports: Imports): unknown {
	if (Array.isArray(schema)) return schema.map((each) => withImports(each, imports));
	if (schema === null || typeof schema !== 'object') return schema;
	const { $ref, ...rest } = schema as Record<string, unknown>;
	if (typeof $ref === 'string' && !$ref.startsWith('#'))
		return { ...rest, tsType: importedType($ref, imports) };
	return Object.fromEntries(
		Object.entries(schema)
			// Keys are strings in TypeScript, whatever their pattern.
			.filter(([key]) => key !== 'propertyNames')
			.map(([key, value]) => [key, withImports(value, imports)]),
	);
}

/** Returns whether the file of types was current. */
async function generate(file: string): Promise<boolean> {
	const target = join(__dirname, 'types', file.replace('.schema.json', '.ts'));
	const imports: Imports = new Map();
	const schema = withImports(readSchema(file), imports) as JSONSchema;
	const banner = [
		'// SPDX-License-Identifier: MIT',
		`// Generated from ${file} by "npm run types". Do not edit.`,
		...[...imports]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(
				([module, names]) => `import type { ${[...names].sort().join(', ')} } from './${module}';`,
			),
	];
	const source = await compile(schema, file, {
		cwd: __dirname,
		additionalProperties: false,
		bannerComment: banner.join('\n'),
		format: true,
		style: { bracketSpacing: true, useTabs: true, printWidth: 100, singleQuote: true },
		ignoreMinAndMaxItems: true,
		unreachableDefinitions: file === 'common.schema.json',
	});
	const current = existsSync(target) && readFileSync(target, 'utf8') === source;
	if (!current && !check) writeFileSync(target, source);
	return current;
}

async function main(): Promise<void> {
	const schemas = readdirSync(__dirname).filter((name) => name.endsWith('.schema.json'));
	const current = await Promise.all(schemas.map(generate));
	const stale = schemas.filter((_, index) => !current[index]);
	if (check && stale.length > 0) {
		console.error(`types are not current for ${stale.join(', ')}: run "npm run types"`);
		process.exitCode = 1;
	}
}

main();
