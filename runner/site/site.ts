// SPDX-License-Identifier: MIT
/** Renders all pages as pairs of path and text. */

import type { Header, Result } from '../../schema/types/report';
import { defaults } from '../decide/defaults';
import { KnownFailureList } from '../known-failures/list';
import type { Case } from '../library/compile';
import type { Library } from '../library/library';
import { open } from '../registry';
import { grid } from '../report/html/grid';
import type { Report } from '../report/read';
import { inProcess } from '../run/in-process';
import { run } from '../run/run';
import { html } from '../text/markup';
import { examples } from './examples';
import { frame } from './frame';
import { guides, rendered } from './guides';
import { indexPage } from './index-page';
import { pathOf, tombstone, vectorPage } from './vector-page';

export async function* site(library: Library): AsyncGenerator<readonly [string, string]> {
	const { files, cases } = library;
	const all = grid([await revisions(cases)], cases);
	yield ['index.html', indexPage(files, cases, all)];
	for (const guide of guides) {
		const path = `guide/${guide.name}.html`;
		const body = html`<div class="guide">${rendered(guide)}</div>`;
		yield [path, frame({ title: guide.title, path, scripts: [], body })];
	}
	const [merged] = open('reference');
	if (!merged) throw new Error('the registry has no reference');
	for (const file of files) {
		const { source, vector } = file;
		const { id } = vector;
		if (vector.status === 'retired') {
			yield [pathOf(id), tombstone(vector)];
			continue;
		}
		const found = new Map();
		for (const test of cases.filter(({ vector }) => vector.id === id))
			found.set(test.id, await examples(test, merged));
		yield [pathOf(id), vectorPage({ source, vector }, all, found)];
	}
}

/** Report of every vector on every revision of the reference, oldest first. */
async function revisions(cases: readonly Case[]): Promise<Report> {
	const decider = inProcess(defaults);
	const records = run({
		implementations: open('reference:*'),
		cases,
		library: cases,
		selection: { profile: null, ids: [], tags: [] },
		knownFailures: ({ target }) => KnownFailureList.of(target),
		options: defaults,
		decider: () => decider,
	});
	const results: Result[] = [];
	let header: Header | undefined;
	for await (const record of records)
		if (record.record === 'header') header = record;
		else if (record.record === 'result') results.push(record);
		else if (header) return { file: 'reference', header, results, footer: record };
	throw new Error('the run ended without a footer');
}
