// SPDX-License-Identifier: MIT
/** Blanks of a draft: what only its author can know. Lint refuses a file that has one. */
import { PLACEHOLDER_WORD } from '../library/rules/no-placeholders';

/** The value of a blank, saying what belongs there. */
export const blank = (what: string): string => `${PLACEHOLDER_WORD} ${what}`;
