// SPDX-License-Identifier: MIT
/** Hostile vectors: each hostile text in each place is refused, or printed without control characters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { type Case, compile } from '../../runner/library/compile';
import { InvalidFile } from '../../runner/library/diagnostic';
import { parseVector } from '../../runner/library/load';
import { reporters } from '../../runner/report';
import { packageRoot } from '../../runner/text/package-root';
import { decideOn } from '../cases';
import { ascii, hostile, obeyed } from '../hostile';
import { report, written } from '../records';

// biome-ignore lint/suspicious/noExplicitAny: an unchecked vector
type Draft = any;

const good = readFileSync(join(packageRoot, 'vectors/claim/DAXV-0001.yaml'), 'utf8');

/** Puts a text into each place of a vector. */
const places: Readonly<Record<string, (draft: Draft, text: string) => void>> = {
	title: (draft, text) => {
		draft.title = `A title: ${text}`;
	},
	'the beginning of a title': (draft, text) => {
		draft.title = `${text} is a title`;
	},
	effect: (draft, text) => {
		draft.bug.effect = `${text} as an effect`;
	},
	model: (draft, text) => {
		draft.bug.model = `${text} as a model`;
	},
	says: (draft, text) => {
		draft.bug.links[0].says = text;
	},
	by: (draft, text) => {
		draft.bug.links[0].by = text;
	},
	subject: (draft, text) => {
		draft.bug.links[1].subject = text;
	},
	'message-id': (draft, text) => {
		draft.bug.links[0]['message-id'] = `${text}@example.org`;
	},
	commit: (draft, text) => {
		draft.bug.links[1].commit = text;
	},
	about: (draft, text) => {
		draft.orders['lost-update'].about = text;
	},
	id: (draft, text) => {
		draft.id = text;
	},
	tag: (draft, text) => draft.tags.push(text),
	'a key': (draft, text) => {
		Object.defineProperty(draft, text, { value: 1, enumerable: true });
	},
	thread: (draft, text) => {
		own(draft.threads, text, [{ call: 'dax_holder' }]);
	},
	call: (draft, text) => {
		draft.threads.release[0].as = text;
	},
	holder: (draft, text) => {
		own(draft.holders, text, {});
	},
	outcome: (draft, text) => {
		own(draft.outcomes, text, draft.outcomes.claimed);
		draft.orders['lost-update'].outcome = text;
		delete draft.outcomes.claimed;
	},
	variant: (draft, text) => {
		own(draft.variants, text, draft.variants.fs_dax_get);
	},
	word: (draft, text) => {
		draft.variants.fs_dax_get.get = text;
	},
};

const own = (object: object, key: string, value: unknown) =>
	Object.defineProperty(object, key, { value, enumerable: true, configurable: true });

for (const [place, put] of Object.entries(places))
	t.test(`hostile text in ${place} is refused or harmless`, async (t) => {
		const wrong: string[] = [];
		const look = (text: string, name: string, about: string) => {
			const found = obeyed(text, name);
			if (found !== undefined) wrong.push(`${about}, ${name}: ${found}`);
		};
		let accepted = 0;
		for (const [about, text] of hostile) {
			const draft = parse(good);
			put(draft, text);
			// Bytes are checked before values.
			for (const bytes of [ascii(draft), JSON.stringify(draft)]) {
				const cases = casesOf(bytes);
				if (typeof cases === 'string') {
					look(cases, 'refused', about);
					// Messages are clipped.
					if (cases.length > 20_000) wrong.push(`${about}: refused in ${cases.length} characters`);
					continue;
				}
				accepted++;
				const results = [];
				for (const test of cases) results.push(await decideOn(test, 'v6.12-stable'));
				if (!results.some(({ verdict }) => verdict === 'fail')) wrong.push(`${about}: passes`);
				for (const { verdict, reason, outcomes } of results)
					if (
						!['fail', 'skip'].includes(verdict) ||
						Object.values(outcomes).some((count) => !(count > 0))
					)
						wrong.push(`${about}: ${verdict}, ${reason}, ${JSON.stringify(outcomes)}`);
				for (const [name, factory] of Object.entries(reporters))
					look(written(factory, report(results), cases), name, about);
			}
		}
		t.same(wrong, [], `${accepted} accepted`);
	});

/** Returns the cases of a vector, or the message of its refusal. */
function casesOf(bytes: string): readonly Case[] | string {
	try {
		return compile(parseVector('DAXV-0001.yaml', Buffer.from(bytes)));
	} catch (error) {
		if (error instanceof InvalidFile) return error.message;
		throw error;
	}
}

t.equal(({} as { polluted?: unknown }).polluted, undefined);
