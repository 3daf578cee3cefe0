// SPDX-License-Identifier: MIT
// Generated from review.schema.json by "npm run types". Do not edit.
import type { Verdict } from './report';

/**
 * One line of what review --reporter json prints: a header; the results on the base; each patch, followed by its changes and the results after it; a footer. A review that is not begun has a footer only.
 */
export type ReviewRecord = ReviewHeader | ReviewedPatch | PatchChange | ReviewResult | ReviewFooter;

export interface ReviewHeader {
	record: 'review';
	/**
	 * Version of this format.
	 */
	format: 1;
	tool: 'dax-vectors';
	/**
	 * Version of dax-vectors.
	 */
	version: string;
	series: {
		/**
		 * Title of the cover letter, or of the first patch.
		 */
		title: string;
		/**
		 * Version of the series.
		 */
		version: number;
		/**
		 * Number of patches that the subjects name.
		 */
		total: number;
		/**
		 * Numbers that no mail has.
		 */
		missing: number[];
		/**
		 * Message id of the cover letter.
		 */
		cover: string | null;
	};
	base: {
		/**
		 * Full hash; null for the files of a folder.
		 */
		commit: string | null;
		/**
		 * The base in words.
		 */
		description: string;
		/**
		 * Why the series was applied to it.
		 */
		reason: string;
	};
}
export interface ReviewedPatch {
	record: 'patch';
	/**
	 * Number of the patch in the series.
	 */
	patch: number;
	/**
	 * Number and total, such as 7/9.
	 */
	name: string;
	/**
	 * Subject without tags.
	 */
	title: string;
	/**
	 * Subject of the mail.
	 */
	subject: string;
	/**
	 * From line of the mail.
	 */
	author: string;
	/**
	 * Date line of the mail.
	 */
	date: string;
	/**
	 * Message id of the mail.
	 */
	messageId: string | null;
	/**
	 * True if the patch changes what is compiled.
	 */
	compiled: boolean;
	/**
	 * Changed files that were not looked at.
	 */
	outside: string[];
	/**
	 * Why the patch cannot be judged.
	 */
	obstacle: string | null;
	/**
	 * What the patch fixes and breaks, in words; empty for a patch that was not judged.
	 */
	sentence: string;
}
export interface PatchChange {
	record: 'change';
	/**
	 * Number of the patch in the series.
	 */
	patch: number;
	/**
	 * Id of the vector and variant.
	 */
	id: string;
	/**
	 * breaks: fails from here on. fixes: passes from here on. differs: fails other expectations than before. starts: applies from here on, and passes. ends: does not apply any more. undecided: cannot be decided any more.
	 */
	kind: 'breaks' | 'fixes' | 'differs' | 'starts' | 'ends' | 'undecided';
	/**
	 * True for a scored failure that the base does not have.
	 */
	regression: boolean;
	before: Verdict;
	after: Verdict;
	/**
	 * Message of the failure that came or went.
	 */
	message: string;
	/**
	 * Lines of the patch that the interleavings run through.
	 */
	lines: {
		/**
		 * Path within the tree.
		 */
		file: string;
		/**
		 * Line in the file that has it: after the patch for an added line, before it for a removed one.
		 */
		line: number;
		side: 'added' | 'removed';
		/**
		 * The line without indentation.
		 */
		text: string;
	}[];
}
/**
 * A result of report.schema.json, with the patch after which it was obtained; 0 for the base.
 */
export interface ReviewResult {
	record: 'result';
	/**
	 * Number of the patch in the series.
	 */
	patch: number;
}
export interface ReviewFooter {
	record: 'footer';
	/**
	 * Why the review ends before the last patch.
	 */
	stopped: string | null;
	/**
	 * Exit code. 0: no regression. 1: a regression. 125: cannot be judged.
	 */
	exit: 0 | 1 | 125;
}
