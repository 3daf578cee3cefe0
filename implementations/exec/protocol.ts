// SPDX-License-Identifier: MIT
/** Parses and validates an adapter's answers: schema/protocol.schema.json, and no invisible characters in names. */
import Ajv from 'ajv/dist/2020';
import common from '../../schema/common.schema.json';
import execution from '../../schema/execution.schema.json';
import program from '../../schema/program.schema.json';
import protocol from '../../schema/protocol.schema.json';
import type { CallName, FieldName } from '../../schema/types/common';
import type { Errored, Hello, Results, Skipped } from '../../schema/types/protocol';

export const PROTOCOL = 1;

export type Answer = Hello | Results | Skipped | Errored;

/** Every call and field of the schema. */
export const allCalls = common.$defs.callName.enum as CallName[];
export const allFields = common.$defs.fieldName.enum as FieldName[];

const ajv = new Ajv({
	strict: true,
	allowUnionTypes: true,
	strictRequired: false,
	strictTypes: false,
	validateSchema: false,
	schemas: [common, execution, program, protocol],
});

const kinds: readonly Answer['answer'][] = ['hello', 'results', 'skipped', 'errored'];

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Parses a line as an answer, or gives its first defect; collecting all of them could take unbounded memory. */
export function parse(line: string): Answer | { readonly wrong: string } {
	let data: unknown;
	try {
		data = JSON.parse(line);
	} catch {
		return { wrong: `a line is not JSON: ${line.slice(0, 60)}` };
	}
	if (typeof data !== 'object' || data === null || !('answer' in data))
		return { wrong: 'a line is not an object with an "answer"' };
	const kind = kinds.find((each) => each === data.answer);
	if (kind === undefined) return { wrong: `"answer" must be one of ${kinds.join(', ')}` };
	if (kind === 'hello' && 'protocol' in data && data.protocol !== PROTOCOL)
		return { wrong: `the adapter speaks protocol ${Number(data.protocol)}, not ${PROTOCOL}` };
	if (!ajv.validate(`protocol.schema.json#/$defs/${kind}`, data)) {
		const [error] = ajv.errors ?? [];
		return { wrong: `malformed ${kind}: ${error?.instancePath} ${error?.message}` };
	}
	// Reasons and messages may contain anything: reporters escape them. Names appear in many places unescaped.
	if (kind === 'results' && mayHide(line) && UNSEEN.test(texts(data)))
		return { wrong: 'malformed results: a name has invisible characters' };
	return data as Answer;
}

/** True if names may have invisible characters: JSON in ASCII must escape them. Cheap, and run on every answer. */
const mayHide = (line: string): boolean =>
	line.includes('\\') || Buffer.byteLength(line) > line.length;

/** All strings of an answer, joined. */
function texts(data: unknown): string {
	const found: string[] = [];
	const rest: unknown[] = [data];
	while (rest.length > 0) {
		const value = rest.pop();
		if (typeof value === 'string') found.push(value);
		else if (typeof value === 'object' && value !== null)
			for (const each of Object.values(value)) rest.push(each);
	}
	return found.join('');
}
