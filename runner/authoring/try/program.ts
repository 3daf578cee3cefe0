// SPDX-License-Identifier: MIT
/** Loads the program of a draft, even where the rest is missing, wrong or a placeholder. */
import { isMap, isNode, parseDocument } from 'yaml';
import { type Case, compile } from '../../library/compile';
import { InvalidFile } from '../../library/diagnostic';
import { decode, MAX_VECTOR_BYTES, readBytes } from '../../library/read-text';
import { callArguments } from '../../library/rules/call-arguments';
import { definedHolders } from '../../library/rules/defined-holders';
import { deviceArguments } from '../../library/rules/device-arguments';
import { NO_ID } from '../../library/rules/id-matches-file';
import { reachableDevice } from '../../library/rules/reachable-device';
import { uniqueNames } from '../../library/rules/unique-names';
import { validator } from '../../library/schemas';
import { validate } from '../../library/validate';
import { variantsOf } from '../../library/variants';
import type { LiveVector } from '../../library/vector';
import { YamlSource } from '../../library/yaml-source';

/** Keys of the program; the values of all other keys are ignored. */
const PROGRAM: readonly unknown[] = [
	'format',
	'variants',
	'holders',
	'device',
	'log',
	'setup',
	'threads',
];

/** Valid values for the other keys. */
const SUBSTITUTES = [
	`id: ${NO_ID}`,
	'title: A draft without a title',
	'status: open',
	'tags: [race]',
	'bug: {class: wrong-result, effect: not yet known, evidence: reported, links: [{role: report, message-id: a@b}]}',
	'outcomes: {any: {must: occur}}',
];

const RULES = [uniqueNames, definedHolders, callArguments, deviceArguments, reachableDevice];

/** The cases of a draft, without expectations. Throws InvalidFile for an invalid program. */
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

/** The text with the values of all other keys removed. Lines keep their numbers, so that diagnostics name the right one. */
function programOf(text: string): string {
	const { contents, errors } = parseDocument(text);
	if (errors.length > 0 || !isMap(contents) || contents.flow) return text;
	const starts = contents.items.map(({ key }) => (isNode(key) ? (key.range?.[0] ?? 0) : 0));
	let left = text.slice(0, starts[0]);
	for (const [index, { key }] of contents.items.entries()) {
		const part = text.slice(starts[index], starts[index + 1]);
		left += PROGRAM.includes(String(key)) ? part : part.replace(/[^\n]/g, '');
	}
	return `${left.trimEnd()}\n${SUBSTITUTES.join('\n')}\n`;
}
