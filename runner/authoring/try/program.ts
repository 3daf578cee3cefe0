// SPDX-License-Identifier: MIT
/** The program of a draft, whatever else of it is blank, missing or still wrong. */
import { isMap, isNode, parseDocument } from 'yaml';
import { type Case, compile } from '../../library/compile';
import { InvalidFile } from '../../library/diagnostic';
import { decode, MAX_VECTOR_BYTES, readBytes } from '../../library/read-text';
import { callArguments } from '../../library/rules/call-arguments';
import { definedHolders } from '../../library/rules/defined-holders';
import { reachableDevice } from '../../library/rules/reachable-device';
import { uniqueNames } from '../../library/rules/unique-names';
import { validator } from '../../library/schemas';
import { validate } from '../../library/validate';
import { variantsOf } from '../../library/variants';
import type { LiveVector } from '../../library/vector';
import { YamlSource } from '../../library/yaml-source';

/** The keys that are the program; what a draft says under the others is not looked at. */
const PROGRAM: readonly unknown[] = ['format', 'variants', 'holders', 'device', 'setup', 'threads'];

/** What stands for the others. */
const PLACEHOLDERS = [
	'id: DAXV-0000',
	'title: A draft without a title',
	'status: open',
	'tags: [race]',
	'bug: {class: wrong-result, effect: not yet known, evidence: reported, links: [{role: report, message-id: a@b}]}',
	'outcomes: {any: {must: occur}}',
];

const RULES = [uniqueNames, definedHolders, callArguments, reachableDevice];

/** The cases of a draft, expecting nothing; throws InvalidFile when its program is off. */
export function loadProgram(file: string): Case[] {
	const text = decode(file, readBytes(file, MAX_VECTOR_BYTES));
	const source = YamlSource.parse(file, Buffer.from(programOf(text)));
	const invalid = validate(source, validator('vector'));
	if (invalid.length > 0) throw new InvalidFile(invalid);
	const vector = source.data as LiveVector;
	const loaded = { source, vector, variants: variantsOf(vector) };
	const broken = RULES.flatMap((rule) => [...rule(loaded)]);
	if (broken.length > 0) throw new InvalidFile(broken);
	return compile(loaded);
}

/** The text with every other key blanked out. Lines keep their numbers, so that a complaint names the right one. */
function programOf(text: string): string {
	const { contents, errors } = parseDocument(text);
	if (errors.length > 0 || !isMap(contents) || contents.flow) return text;
	const starts = contents.items.map(({ key }) => (isNode(key) ? key.range![0] : 0));
	let left = text.slice(0, starts[0]);
	for (const [index, { key }] of contents.items.entries()) {
		const part = text.slice(starts[index], starts[index + 1]);
		left += PROGRAM.includes(String(key)) ? part : part.replace(/[^\n]/g, '');
	}
	return `${left.trimEnd()}\n${PLACEHOLDERS.join('\n')}\n`;
}
