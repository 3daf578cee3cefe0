// SPDX-License-Identifier: MIT
/** Completion, hover and diagnostics of the YAML language server for a vector. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { LanguageServer, type Place } from './language-server';

const file = 'vectors/claim/DAXV-0001.yaml';
const vector = readFileSync(join(packageRoot, file), 'utf8');

/** Returns the place of the first letter of a word. */
function place(text: string, word: string, beyond = 0): Place {
	const lines = text.slice(0, text.indexOf(word)).split('\n');
	return { line: lines.length - 1, character: lines.at(-1)!.length + beyond };
}

t.test(
	'an editor with the settings of the repository completes and explains a vector',
	async (t) => {
		const server = new LanguageServer();
		t.teardown(() => server.stop());
		await server.start();
		t.strictSame(await server.open(file, vector), [], 'no diagnostics');
		t.match(await server.hover(file, place(vector, 'status:')), /rests on a cited statement/);
		t.match(await server.hover(file, place(vector, 'must:')), /some interleaving must have/);
		t.match(await server.hover(file, place(vector, 'evidence:')), /a person said so/);

		const begun = `${vector}rul\n`;
		await server.open('vectors/claim/DAXV-9998.yaml', begun);
		const keys = await server.complete('vectors/claim/DAXV-9998.yaml', place(begun, 'rul\n', 3));
		t.ok(keys.includes('rules'), keys.join());

		const status = vector.replace('status: normative', 'status: ');
		await server.open('vectors/claim/DAXV-9997.yaml', status);
		const words = await server.complete(
			'vectors/claim/DAXV-9997.yaml',
			place(status, 'status: ', 8),
		);
		for (const word of ['normative', 'open', 'retired']) t.ok(words.includes(word), words.join());

		const calls = vector.replace('call: fs_put_dax', 'call: fs_put_dex');
		const wrong = await server.open('vectors/claim/DAXV-9996.yaml', calls);
		t.ok(wrong.length > 0, 'references between the schemas are followed');
		const misspelt = vector.replace('effect:', 'efect:');
		t.match(await server.open('vectors/claim/DAXV-9995.yaml', misspelt), [{ message: /effect/ }]);
	},
);

t.test('an editor without settings uses the first line of the file', async (t) => {
	const server = new LanguageServer(false);
	t.teardown(() => server.stop());
	await server.start();
	await server.open(file, vector);
	t.match(await server.hover(file, place(vector, 'status:')), /rests on a cited statement/);
	const [, ...without] = vector.split('\n');
	const text = without.join('\n');
	await server.open('vectors/claim/DAXV-9998.yaml', text);
	const hover = await server.hover('vectors/claim/DAXV-9998.yaml', place(text, 'status:'));
	t.notMatch(hover, /rests on a cited statement/, 'no hover without the first line');
});

t.test('settings and recommendations are valid JSON', (t) => {
	const read = (name: string) =>
		JSON.parse(readFileSync(join(packageRoot, '.vscode', name), 'utf8'));
	t.ok(read('extensions.json').recommendations.includes('redhat.vscode-yaml'));
	for (const schema of Object.keys(read('settings.json')['yaml.schemas']))
		t.doesNotThrow(() => readFileSync(join(packageRoot, schema)), schema);
	t.end();
});
