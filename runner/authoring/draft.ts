// SPDX-License-Identifier: MIT
/** A draft of a vector: its comments are the manual, its blanks are what only a person knows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { signatures } from '../../implementations/calls';
import { packageRoot } from '../text/package-root';
import { wrap } from '../text/wrap';
import { blank } from './blank';
import type { Findings, FoundLink } from './findings';

/** Columns of a comment. */
const WIDTH = 110;
/** Hexadecimal digits that a commit needs: see the schema. */
const COMMIT_DIGITS = 12;

/** The text of the file. */
export function draft(id: string, topic: string, findings: Findings): string {
	const { title, reported, calls } = findings;
	const { tag, bug } = vocabulary();
	const lines = [
		'# yaml-language-server: $schema=../../schema/vector.schema.json',
		'# SPDX-License-Identifier: MIT',
		'#',
		'# A draft. Lint refuses it until each TODO is replaced; delete these comments as you go.',
		`#   check    dax-vectors lint vectors/${topic}/${id}.yaml`,
		`#   explore  dax-vectors run ${id} -i 'reference:*'`,
		'#   record   dax-vectors lint --record',
		'# vectors/README.md has the whole format; editors with a YAML language server explain every key.',
		...source(findings),
		'format: 1',
		`id: ${id}`,
		'',
		'# What must hold, as one sentence without a full stop, 10 to 100 characters.',
		...(title === undefined ? [] : ["# This is the mail's subject: say what must hold instead."]),
		pair('title', title ?? blank('what must hold, as one sentence')),
		pair(
			'status',
			blank('normative (upstream said what must hold: needs a link with role rule) or open'),
		),
		...listed('# Of: ', tag),
		`tags: [${scalar(blank('one or more of the tags above'))}]`,
		'bug:',
		...listed('  # One of: ', bug),
		`  ${pair('class', blank('the kind of bug that a failure shows'))}`,
		`  ${pair('effect', blank('what a user of the kernel suffers when this fails'))}`,
		'  # reported: a person said so on a public list or in a commit. inferred: read off the code; then add',
		'  # "model: ..." with what exploring the reference showed.',
		`  ${pair('evidence', reported ? 'reported' : blank('reported or inferred'))}`,
		'  # The statement that a normative vector rests on is a link of this form, with a mail or a commit:',
		"  #   - {role: rule, message-id: ID, by: NAME, says: 'WORDS'}",
		"  #   - {role: rule, commit: HASH, subject: 'SUBJECT', says: 'WORDS'}",
		'  links:',
		...(findings.links.length > 0 ? findings.links : [{ role: 'report' as const }]).flatMap(link),
		'',
		'# The same program with other words, if there is one; each $word is replaced everywhere below:',
		'#   variants:',
		'#     fs_dax_get: {get: fs_dax_get, busy: -EBUSY}',
		'#     fs_dax_get_by_bdev: {get: fs_dax_get_by_bdev, busy: null}',
		'# Everybody who claims, releases or is told. A name also names its operations.',
		pair('holders', blank('such as {A: {}, B: {}}')),
		'# Free: {alive: true, holder: null, ops: null}. Claimed: {alive: true, holder: A, ops: A}.',
		pair('device', blank('the device before the threads start')),
		'# What runs concurrently. A call needs a name ("as") where its result or its moment matters:',
		'#   release: [{call: fs_put_dax, holder: A}]',
		'#   claim: [{call: fs_dax_get, holder: B, ops: B, as: got}]',
		...listed('# Calls: ', Object.keys(signatures)),
		...(calls.length > 0 ? listed('# Named in the source: ', calls) : []),
		pair('threads', blank('threads by name, each a list of calls')),
		'# The allowed ends. Every interleaving must match exactly one; only what is named is compared:',
		'#   claimed: {results: {got: ok}, device: {holder: B, ops: B}, must: occur}',
		'#   busy: {results: {got: -EBUSY}, device: {holder: null, ops: null, refs: -1}}',
		pair('outcomes', blank('outcomes by name')),
		'# Also: rules (moments and order), orders (named interleavings), setup, races: see vectors/README.md.',
		'# WARNs that are expected, by function, such as {fs_put_dax: 1}.',
		'warnings: none',
	];
	return `${lines.join('\n')}\n`;
}

/** Where it comes from, as comments: whatever it says, it stays behind a "#". */
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

function link({ role, commit, subject, messageId, by }: FoundLink): string[] {
	const pairs = [
		pair('role', role ?? blank('introduced-by, fixed-by, rule or discussion')),
		...(commit === undefined
			? [pair('message-id', messageId ?? blank('Message-ID of the report, without <>'))]
			: [
					pair('commit', enough(commit)),
					pair('subject', subject ?? blank(`subject of commit ${commit}`)),
				]),
		...(messageId !== undefined && role === 'report'
			? [pair('by', by ?? blank('who reported it, or delete this line'))]
			: []),
	];
	return pairs.map((line, index) => `    ${index === 0 ? '- ' : '  '}${line}`);
}

const enough = (commit: string): string =>
	commit.length < COMMIT_DIGITS ? blank(`${COMMIT_DIGITS} digits or more of ${commit}`) : commit;

const pair = (key: string, value: string): string => `${key}: ${scalar(value)}`;

/** One line of YAML that is this text, whatever is in it. */
const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd();

/** The words that the schema allows: a manual that is written twice goes stale. */
function vocabulary(): { tag: string[]; bug: string[] } {
	const file = join(packageRoot, 'schema/vector.schema.json');
	const { $defs } = JSON.parse(readFileSync(file, 'utf8'));
	return { tag: $defs.tag.enum, bug: $defs.bug.properties.class.enum };
}

/** A comment that lists words, on as many lines as it takes. */
function listed(begin: string, words: readonly string[]): string[] {
	const [, margin] = /^( *# )/.exec(begin)!;
	return wrap(`${begin.trimStart()}${words.join(', ')}`, WIDTH).map((line, index) =>
		index === 0 ? begin.replace(/#.*$/, line) : `${margin}  ${line}`,
	);
}
