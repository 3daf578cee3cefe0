// SPDX-License-Identifier: MIT
/** The rules, in the order in which they are applied. A stage is put to a vector only when it passed those before. */
import { callArguments } from './call-arguments';
import { definedHolders } from './defined-holders';
import { definedNames } from './defined-names';
import { disjointOutcomes } from './disjoint-outcomes';
import { evidence } from './evidence';
import { idMatchesFile } from './id-matches-file';
import { orderStops } from './order-stops';
import { partitionsFirst } from './partitions-first';
import { possibleResults } from './possible-results';
import { reachableDevice } from './reachable-device';
import { readSections } from './read-sections';
import type { Rule } from './rule';
import { uniqueNames } from './unique-names';
import { variantWords } from './variant-words';

/** What things are called. A misspelt name would break the rules about meaning as well. */
const names: readonly Rule[] = [
	idMatchesFile,
	variantWords,
	uniqueNames,
	definedHolders,
	definedNames,
];

const meaning: readonly Rule[] = [
	callArguments,
	partitionsFirst,
	readSections,
	possibleResults,
	reachableDevice,
	disjointOutcomes,
	orderStops,
	evidence,
];

export const stages: readonly (readonly Rule[])[] = [names, meaning];
