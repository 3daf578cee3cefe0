// SPDX-License-Identifier: MIT
/**
 * Writes schema/types/NAME.ts for each schema/NAME.schema.json.
 * With --check nothing is written: exits 1 and names the files that are not current.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFromFile } from 'json-schema-to-typescript';

const check = process.argv.includes('--check');

async function generate(file: string): Promise<boolean> {
	const target = join(__dirname, 'types', file.replace('.schema.json', '.ts'));
	const source = await compileFromFile(join(__dirname, file), {
		cwd: __dirname,
		additionalProperties: false,
		bannerComment: `// SPDX-License-Identifier: MIT\n// Generated from ${file} by "npm run types". Do not edit.`,
		format: true,
		style: { useTabs: true, printWidth: 100, singleQuote: true },
		ignoreMinAndMaxItems: true,
		unreachableDefinitions: file === 'common.schema.json',
	});
	const current = (() => {
		try {
			return readFileSync(target, 'utf8') === source;
		} catch {
			return false;
		}
	})();
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
