// SPDX-License-Identifier: MIT
/** Lists the rules in the order of their checks. A stage is checked only after the stages before it passed. */
import { callArguments } from './call-arguments';
import { definedHolders } from './defined-holders';
import { definedNames } from './defined-names';
import { deviceArguments } from './device-arguments';
import { disjointOutcomes } from './disjoint-outcomes';
import { evidence } from './evidence';
import { idMatchesFile } from './id-matches-file';
import { orderStops } from './order-stops';
import { partitionsFirst } from './partitions-first';
import { possibleResults } from './possible-results';
import { reachableDevice } from './reachable-device';
import { readSections } from './read-sections';
import type { Rule } from './rule';
import { secondDevice } from './second-device';
import { uniqueNames } from './unique-names';
import { variantWords } from './variant-words';

/** Checked first, because a misspelt name breaks rules about meaning as well. */
const names: readonly Rule[] = [
	idMatchesFile,
	variantWords,
	uniqueNames,
	definedHolders,
	definedNames,
];

const meaning: readonly Rule[] = [
	callArguments,
	deviceArguments,
	secondDevice,
	partitionsFirst,
	readSections,
	possibleResults,
	reachableDevice,
	disjointOutcomes,
	orderStops,
	evidence,
];

export const stages: readonly (readonly Rule[])[] = [names, meaning];
