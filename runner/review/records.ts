// SPDX-License-Identifier: MIT
/** A review as records, one for each line of JSON: for programs that review mails. See schema/review.schema.json. */
import type { ReviewRecord } from '../../schema/types/review';
import { version } from '../text/package-root';
import { messageOf } from './causes';
import { nameOf, type Review, type ReviewedPatch } from './review';
import { sentenceOf } from './words';

/** A header, then each patch followed by its changes and the verdicts after it, then a footer. */
export function* recordsOf(review: Review): Generator<ReviewRecord> {
	const { series, base, baseResults, patches, stopped, exit } = review;
	yield {
		record: 'review',
		format: 1,
		tool: 'dax-vectors',
		version,
		series: {
			title: series.title,
			version: series.version,
			total: series.total,
			missing: [...series.missing],
			cover: series.cover?.messageId ?? null,
		},
		base: { commit: base.commit ?? null, description: base.description, reason: base.reason },
	};
	for (const result of baseResults.values()) yield { ...result, patch: 0 };
	for (const reviewed of patches) {
		yield patchRecord(reviewed, nameOf(reviewed.patch, series));
		const { number } = reviewed.patch;
		for (const change of reviewed.changes) {
			const { kind, id, before, after, regression } = change;
			const lines = [...change.lines];
			const verdicts = { before: before.verdict, after: after.verdict };
			const message = messageOf(change);
			yield { record: 'change', patch: number, id, kind, regression, ...verdicts, message, lines };
		}
		for (const result of reviewed.results?.values() ?? []) yield { ...result, patch: number };
	}
	yield { record: 'footer', stopped: stopped ?? null, exit };
}

function patchRecord(reviewed: ReviewedPatch, name: string): ReviewRecord {
	const { patch, compiled, outside, obstacle } = reviewed;
	return {
		record: 'patch',
		patch: patch.number,
		name,
		title: patch.title,
		subject: patch.subject,
		author: patch.author,
		date: patch.date,
		messageId: patch.messageId ?? null,
		compiled,
		outside: outside.map(({ path }) => path),
		obstacle: obstacle ?? null,
		sentence: compiled && obstacle === undefined ? sentenceOf(reviewed) : '',
	};
}
