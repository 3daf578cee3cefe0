// SPDX-License-Identifier: MIT
/** The rules, in the order in which they are applied. */
import { callArguments } from './call-arguments';
import { definedHolders } from './defined-holders';
import { definedNames } from './defined-names';
import { disjointOutcomes } from './disjoint-outcomes';
import { evidence } from './evidence';
import { idMatchesFile } from './id-matches-file';
import { orderStops } from './order-stops';
import { possibleResults } from './possible-results';
import { reachableDevice } from './reachable-device';
import type { Rule } from './rule';
import { uniqueNames } from './unique-names';
import { variantWords } from './variant-words';

export const rules: readonly Rule[] = [
	idMatchesFile,
	variantWords,
	callArguments,
	uniqueNames,
	definedHolders,
	definedNames,
	possibleResults,
	reachableDevice,
	disjointOutcomes,
	orderStops,
	evidence,
];
