// SPDX-License-Identifier: MIT
/**
 * Small edits of functions in C: each statement deleted, each condition negated, made constant or shortened, each constant
 * changed. Reads the kernel's layout: no statement hides in a macro.
 */
import { withoutComments } from '../../implementations/native/functions';

export interface SmallEdit {
	/** Such as "fs_dax_get: return -ENODEV; deleted", unique in its text. */
	readonly name: string;
	/** The whole text with the edit. */
	readonly text: string;
}

interface Span {
	readonly from: number;
	readonly to: number;
}

/** An edit of a span, and its description. */
interface Change extends Span {
	readonly into: string;
	readonly how: string;
}

/** All edits of the named functions. Throws for a name that the text does not define. */
export function smallEdits(text: string, functions: readonly string[]): SmallEdit[] {
	const code = withoutComments(text);
	const seen = new Map<string, number>();
	return functions.flatMap((name) =>
		changesOf(code, bodyOf(code, name)).map(({ from, to, into, how }) => {
			const title = `${name}: ${how}`;
			const times = (seen.get(title) ?? 0) + 1;
			seen.set(title, times);
			return {
				name: times === 1 ? title : `${title} (${times})`,
				text: code.slice(0, from) + into + code.slice(to),
			};
		}),
	);
}

function bodyOf(code: string, name: string): Span {
	const head = new RegExp(`^\\w[^\\n;]*\\b${name}\\([^;{]*\\)\\s*\\{`, 'm').exec(code);
	if (!head) throw new Error(`there is no ${name}()`);
	return { from: head.index + head[0].length, to: code.indexOf('\n}', head.index) };
}

function changesOf(code: string, body: Span): Change[] {
	const { statements, conditions } = parse(code, body);
	return [
		...statements.map((each) => ({ ...each, into: ';', how: `${shown(code, each)} deleted` })),
		...conditions.flatMap((each) => conditionChanges(code, each)),
		...constantChanges(code, statements),
		...conditions.flatMap((each) => constantChanges(code, [each])),
	];
}

const shown = (code: string, { from, to }: Span): string =>
	code.slice(from, to).replace(/\s+/g, ' ').trim();

const DECLARATION =
	/^(?:const |static )?(?:struct|enum|unsigned|int|long|size_t|bool|u64|dev_t|void|pgoff_t)\b[\s*]+\w/;

/** Simple statements, and conditions of if and WARN. A declaration is no statement: without it, nothing compiles. */
function parse(code: string, body: Span): { statements: Span[]; conditions: Span[] } {
	const statements: Span[] = [];
	const conditions: Span[] = [];
	let at = body.from;
	while (at < body.to) {
		const rest = code.slice(at, body.to);
		const skipped = /^(?:\s|[{};]|else\b|\w+:)+/.exec(rest);
		if (skipped) {
			at += skipped[0].length;
			continue;
		}
		const test = /^if\s*\(/.exec(rest);
		if (test) {
			const from = at + test[0].length;
			at = closing(code, from);
			conditions.push({ from, to: at });
			conditions.push(...warnings(code, { from, to: at }));
			at++;
			continue;
		}
		const end = at + rest.indexOf(';') + 1;
		const statement = { from: at, to: end };
		if (!DECLARATION.test(rest)) {
			statements.push(statement);
			conditions.push(...warnings(code, statement));
		}
		at = end;
	}
	return { statements, conditions };
}

/** The conditions of WARN macros within a span. */
function warnings(code: string, { from, to }: Span): Span[] {
	const found = /WARN\w*\(/.exec(code.slice(from, to));
	if (!found) return [];
	const start = from + found.index + found[0].length;
	const end = closing(code, start);
	const comma = code.slice(start, end).search(/,\s*"/);
	return [{ from: start, to: comma < 0 ? end : start + comma }];
}

/** Index of the parenthesis that closes the one before an index. */
function closing(code: string, from: number): number {
	let depth = 1;
	let at = from;
	for (; depth > 0; at++) depth += code[at] === '(' ? 1 : code[at] === ')' ? -1 : 0;
	return at - 1;
}

function conditionChanges(code: string, span: Span): Change[] {
	const text = code.slice(span.from, span.to);
	const of = shown(code, span);
	const changes = [
		{ ...span, into: `!(${text})`, how: `(${of}) negated` },
		{ ...span, into: '0', how: `(${of}) false` },
		{ ...span, into: '1', how: `(${of}) true` },
	];
	const operator = /\|\|/.test(text) ? '||' : '&&';
	const operands = operandsOf(text, operator);
	// The condition inside of a WARN is a span of its own.
	if (operands.length < 2 || /WARN/.test(text)) return changes;
	for (const { from, to } of operands) {
		const operand = { from: span.from + from, to: span.from + to };
		const named = `${shown(code, operand)} in (${of})`;
		changes.push({ ...operand, into: ` !(${text.slice(from, to)})`, how: `${named} negated` });
		changes.push({ ...operand, into: operator === '||' ? ' 0' : ' 1', how: `${named} left out` });
	}
	return changes;
}

/** The operands of a condition without inner parentheses around operators. */
function operandsOf(text: string, operator: string): Span[] {
	const spans: Span[] = [];
	let from = 0;
	for (const part of text.split(operator)) {
		spans.push({ from, to: from + part.length });
		from += part.length + operator.length;
	}
	return spans;
}

/** Replacements by constant. Any other number is replaced by its successor. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
	NULL: ['((void *)-1L)'],
	U64_MAX: ['0'],
	MF_MEM_PRE_REMOVE: ['0'],
	DAXDEV_ALIVE: ['DAXDEV_SYNC'],
	DAXDRV_FSDEV_TYPE: ['DAXDRV_DEVICE_TYPE', 'DAXDRV_KMEM_TYPE'],
	SECTOR_SIZE: ['1'],
	PAGE_SIZE: ['SECTOR_SIZE', '(2 * PAGE_SIZE)'],
	MINORMASK: ['0'],
	I_NEW: ['0'],
	S_IFCHR: ['0'],
	S_DAX: ['0'],
	DAXFS_MAGIC: ['0'],
	GFP_KERNEL: ['0'],
	GFP_USER: ['0'],
	DAXDEV_NOCACHE: ['DAXDEV_NOMC'],
	DAXDEV_NOMC: ['DAXDEV_NOCACHE'],
};
const CONSTANT = /\b(?:[A-Z][A-Z0-9_]{2,}|\d+)\b|-E[A-Z]+\b/g;

function constantChanges(code: string, spans: readonly Span[]): Change[] {
	return spans.flatMap((span) =>
		[
			...code
				.slice(span.from, span.to)
				.replace(/"[^"]*"/g, blank)
				.matchAll(CONSTANT),
		].flatMap(({ 0: found, index }) => {
			const from = span.from + index;
			const where = `in ${shown(code, span)}`;
			const errno = /^-E/.test(found);
			const number = /^\d/.test(found) ? [String(Number(found) + 1)] : [];
			const others = errno ? ['0', found === '-EINVAL' ? '-EIO' : '-EINVAL'] : OTHERS[found];
			return (others ?? number).map((into) => ({
				from,
				to: from + found.length,
				into,
				how: `${found} is ${into} ${where}`,
			}));
		}),
	);
}

const blank = (text: string): string => ' '.repeat(text.length);
