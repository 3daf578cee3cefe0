// SPDX-License-Identifier: MIT
/** Draft of a vector: its comments explain the format, its placeholders mark what only the author knows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { signatures } from '../../implementations/calls';
import { NO_ID } from '../library/rules/id-matches-file';
import { PLACEHOLDER_WORD } from '../library/rules/no-placeholders';
import { packageRoot } from '../text/package-root';
import { wrap } from '../text/wrap';
import { callsOf, type Findings, type FoundLink } from './findings';

/** Columns of a comment. */
const COMMENT_WIDTH = 110;
/** Hexadecimal digits that the schema requires of a commit. */
const COMMIT_DIGITS = 12;

/** Paths for the first comments. */
interface Place {
	readonly file: string;
	readonly schema: string;
}

/** The text of the file. */
export function draft(id: string, place: Place, findings: Findings): string {
	const parts = [
		head(id, place),
		source(findings),
		statement(id, findings),
		bug(findings),
		program(findings),
		outcomes(),
	];
	return `${parts.flat().join('\n')}\n`;
}

const head = (id: string, { file, schema }: Place): string[] => [
	`# yaml-language-server: $schema=${schema}`,
	'# SPDX-License-Identifier: MIT',
	'#',
	'# A draft. Lint refuses it until each TODO is replaced; delete these comments as you go.',
	`#   explore  dax-vectors try ${file}`,
	`#   check    dax-vectors lint ${file}`,
	`#   run      dax-vectors run ${file} -i 'reference:*'`,
	...(id === NO_ID
		? ['# The id is given out when the vector enters the library.']
		: ['#   record   dax-vectors lint --record']),
	'# vectors/README.md has the whole format; editors with a YAML language server explain every key.',
];

/** The source as comments; each line of it stays behind a "#". */
function source({ about, said }: Findings): string[] {
	if (about.length === 0) return [];
	const [first, ...rest] = about;
	return [
		'#',
		`# From ${first}`,
		...rest.map((line) => `#   ${line}`),
		...(said.length > 0 ? ['#', ...said.map((line) => `#   | ${line}`.trimEnd())] : []),
	];
}

const statement = (id: string, { title }: Findings): string[] => [
	'format: 1',
	`id: ${id}`,
	'',
	'# The rule, as one sentence without a full stop, 10 to 100 characters.',
	...(title === undefined ? [] : ['# This is the subject of the mail: replace it with the rule.']),
	pair('title', title ?? placeholder('what must hold, as one sentence')),
	pair(
		'status',
		placeholder('normative (upstream said what must hold: needs a link with role rule) or open'),
	),
	...listed('# Of: ', wordsOfSchema().tags),
	`tags: [${scalar(placeholder('one or more of the tags above'))}]`,
];

const bug = ({ reported, links }: Findings): string[] => [
	'bug:',
	...listed('  # One of: ', wordsOfSchema().classes),
	`  ${pair('class', placeholder('the kind of bug that a failure shows'))}`,
	`  ${pair('effect', placeholder('what a user of the kernel suffers when this fails'))}`,
	'  # reported: a person reported it on a public list or in a commit. inferred: read off the code; then add',
	'  # "model: ..." with the result of exploring the reference.',
	`  ${pair('evidence', reported ? 'reported' : placeholder('reported or inferred'))}`,
	'  # The statement that a normative vector rests on is a link of this form, with a mail or a commit:',
	"  #   - {role: rule, message-id: ID, by: NAME, says: 'WORDS'}",
	"  #   - {role: rule, commit: HASH, subject: 'SUBJECT', says: 'WORDS'}",
	'  links:',
	...(links.length > 0 ? links : [{ role: 'report' as const }]).flatMap(link),
];

function link({ role, commit, subject, messageId, by }: FoundLink): string[] {
	const pairs = [
		pair(
			'role',
			role ??
				placeholder(
					commit === undefined
						? 'report, rule or discussion'
						: 'introduced-by, fixed-by, rule or discussion',
				),
		),
		...(commit === undefined
			? [pair('message-id', messageId ?? placeholder('Message-ID of the report, without <>'))]
			: [
					pair('commit', longEnough(commit)),
					pair('subject', subject ?? placeholder(`subject of commit ${commit}`)),
				]),
		...(messageId !== undefined && (role === 'report' || by !== undefined)
			? [pair('by', by ?? placeholder('who reported it, or delete this line'))]
			: []),
	];
	return pairs.map((line, index) => `    ${index === 0 ? '- ' : '  '}${line}`);
}

const longEnough = (commit: string): string =>
	commit.length < COMMIT_DIGITS
		? placeholder(`${COMMIT_DIGITS} digits or more of ${commit}`)
		: commit;

const program = (findings: Findings): string[] => [
	'',
	'# The same program with other words, if there is one; each $word is replaced everywhere below:',
	'#   variants:',
	'#     fs_dax_get: {get: fs_dax_get, busy: -EBUSY}',
	'#     fs_dax_get_by_bdev: {get: fs_dax_get_by_bdev, busy: null}',
	'# Every holder that claims, releases or is notified. A name also names its operations.',
	pair('holders', placeholder('such as {A: {}, B: {}}')),
	'# Free: {alive: true, holder: null, ops: null}. Claimed: {alive: true, holder: A, ops: A}.',
	pair('device', placeholder('the device before the threads start')),
	'# Concurrent threads. A call needs a name ("as") where its result or its moment matters:',
	'#   release: [{call: fs_put_dax, holder: A}]',
	'#   claim: [{call: fs_dax_get, holder: B, ops: B, as: got}]',
	...listed('# Calls: ', Object.keys(signatures)),
	...sourceCalls(findings),
	pair('threads', placeholder('threads by name, each a list of calls')),
];

function sourceCalls(findings: Findings): string[] {
	const calls = callsOf(findings);
	return calls.length > 0 ? listed('# Changed or named as the place in the source: ', calls) : [];
}

const outcomes = (): string[] => [
	'# The allowed ends. Every interleaving must match exactly one; only the named fields are compared:',
	'#   claimed: {results: {got: ok}, device: {holder: B, ops: B}, must: occur}',
	'#   busy: {results: {got: -EBUSY}, device: {holder: null, ops: null, refs: -1}}',
	pair('outcomes', placeholder('outcomes by name')),
	'# Also: rules (moments and order), orders (named interleavings), setup, races: see vectors/README.md.',
	'# Expected WARNs, by function, such as {fs_put_dax: 1}.',
	'warnings: none',
];

/** A value that lint refuses; the words say what belongs there. */
const placeholder = (what: string): string => `${PLACEHOLDER_WORD} ${what}`;

const pair = (key: string, value: string): string => `${key}: ${scalar(value)}`;

/** Any text as one line of YAML. */
const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd();

/** Words that the schema allows, read from it so that drafts never list others. */
function wordsOfSchema(): { tags: string[]; classes: string[] } {
	const file = join(packageRoot, 'schema/vector.schema.json');
	const { $defs } = JSON.parse(readFileSync(file, 'utf8'));
	return { tags: $defs.tag.enum, classes: $defs.bug.properties.class.enum };
}

/** A comment that lists words, on as many lines as they need. */
function listed(begin: string, words: readonly string[]): string[] {
	const margin = begin.slice(0, begin.indexOf('#') + 2);
	return wrap(`${begin.trimStart()}${words.join(', ')}`, COMMENT_WIDTH).map((line, index) =>
		index === 0 ? begin.replace(/#.*$/, line) : `${margin}  ${line}`,
	);
}
