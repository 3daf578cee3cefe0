// SPDX-License-Identifier: MIT
/** What may stand in a line of an adapter: schema/protocol.schema.json, and text that shows. */
import Ajv from 'ajv/dist/2020';
import common from '../../schema/common.schema.json';
import execution from '../../schema/execution.schema.json';
import program from '../../schema/program.schema.json';
import protocol from '../../schema/protocol.schema.json';
import type { CallName, FieldName } from '../../schema/types/common';
import type { Errored, Hello, Results, Skipped } from '../../schema/types/protocol';

export const PROTOCOL = 1;

export type Answer = Hello | Results | Skipped | Errored;

/** Every call and field there is. */
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

/** A line as an answer, or what is wrong with it. Only the first thing: the line may consist of nothing else. */
export function parse(line: string): Answer | { readonly wrong: string } {
	let data: unknown;
	try {
		data = JSON.parse(line);
	} catch {
		return { wrong: `a line is not JSON: ${line.slice(0, 60)}` };
	}
	if (typeof data !== 'object' || data === null || !('answer' in data))
		return { wrong: 'a line is no object with an "answer"' };
	const kind = kinds.find((each) => each === data.answer);
	if (kind === undefined) return { wrong: `an "answer" is none of ${kinds.join(', ')}` };
	if (kind === 'hello' && 'protocol' in data && data.protocol !== PROTOCOL)
		return { wrong: `it speaks protocol ${Number(data.protocol)}, not ${PROTOCOL}` };
	const valid = ajv.getSchema(`protocol.schema.json#/$defs/${kind}`)!;
	if (!valid(data)) {
		const { instancePath, message } = valid.errors![0]!;
		return { wrong: `malformed ${kind}: ${instancePath} ${message}` };
	}
	// Reasons and messages may be anything: who shows them makes them safe. Names go everywhere.
	if (kind === 'results' && mayHide(line) && UNSEEN.test(texts(data)))
		return { wrong: 'malformed results: a name has characters that do not show' };
	return data as Answer;
}

/** In a line of ASCII, JSON has to escape what does not show. Looked for in two ways that cost next to nothing. */
const mayHide = (line: string): boolean =>
	line.includes('\\') || Buffer.byteLength(line) > line.length;

/** All text of an answer. */
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
