// SPDX-License-Identifier: MIT
/** The memory models, strongest first. */
import { lkmm } from './lkmm';
import type { Model } from './model';
import { sc } from './sc';
import { tso } from './tso';

export const models = { sc, tso, lkmm } satisfies Record<string, Model>;

export type ModelName = keyof typeof models;

export const modelNames = Object.keys(models) as ModelName[];

/** True if an expectation applies under a model: it must hold under its weakest model and under all stronger ones. */
export const covers = (weakest: ModelName = 'sc', model: ModelName): boolean =>
	modelNames.indexOf(model) <= modelNames.indexOf(weakest);
