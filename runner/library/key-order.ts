// SPDX-License-Identifier: MIT
/** Sorts the keys of a vector in the order of the schema. */
import {
	type Document,
	isMap,
	isNode,
	isScalar,
	isSeq,
	type Node,
	type Pair,
	type YAMLMap,
} from 'yaml';
import { schemaOf } from './schemas';

interface Schema {
	readonly $ref?: string;
	readonly properties?: Readonly<Record<string, Schema | false>>;
	readonly additionalProperties?: Schema | boolean;
	readonly items?: Schema;
	readonly anyOf?: readonly Schema[];
	readonly $defs?: Readonly<Record<string, Schema>>;
}

const TOP = schemaOf('vector') as Schema;

/** Sorts keys in place. Names that the author chose keep their order: that of threads has a meaning. */
export function inOrder(document: Document): void {
	if (isNode(document.contents)) order(document.contents, TOP);
}

function order(node: Node, given: Schema): void {
	const schema = resolved(given, node);
	if (isSeq(node) && schema.items)
		for (const item of node.items) if (isNode(item)) order(item, schema.items);
	if (!isMap(node)) return;
	for (const { key, value } of node.items) {
		const { properties = {}, additionalProperties } = schema;
		const name = isScalar(key) ? String(key.value) : '';
		const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
		if (isNode(value) && typeof own === 'object') order(value, own);
	}
	if (schema.properties) sort(node, Object.keys(schema.properties), given === TOP);
}

function sort(map: YAMLMap, keys: readonly string[], top: boolean): void {
	const place = ({ key }: Pair) => {
		const index = keys.indexOf(isScalar(key) ? String(key.value) : '');
		// Unknown keys go last; the loader reports them.
		return index < 0 ? keys.length : index;
	};
	const sorted = [...map.items].sort((a, b) => place(a) - place(b));
	if (sorted.every((pair, index) => pair === map.items[index])) return;
	// Comments at the top (schema, licence) belong to the file, not to its first key.
	const begin = top ? map.items[0]?.key : null;
	const key = sorted[0]?.key;
	if (isNode(begin) && isNode(key) && begin !== key && begin.commentBefore) {
		key.commentBefore = [begin.commentBefore, key.commentBefore].filter(Boolean).join('\n');
		begin.commentBefore = null;
	}
	map.items = sorted;
}

/** Follows references, and picks the alternative that fits the kind of node. */
function resolved(schema: Schema, node: Node): Schema {
	if (schema.$ref) return resolved(target(schema.$ref), node);
	const fitting = schema.anyOf
		?.map((each) => resolved(each, node))
		.find(({ properties, additionalProperties, items }) =>
			isSeq(node) ? items : isMap(node) && (properties || additionalProperties),
		);
	return fitting && !schema.properties ? fitting : schema;
}

function target(reference: string): Schema {
	const [file, name] = reference.split('#/$defs/') as [string, string];
	const schema = schemaOf(file === '' ? 'vector' : file.replace('.schema.json', '')) as Schema;
	const definition = schema.$defs?.[name];
	if (!definition) throw new Error(`no schema ${reference}`);
	return definition;
}
