// SPDX-License-Identifier: MIT
/** Names of the memory models, strongest first. */

export const modelNames = ['sc', 'tso', 'lkmm'] as const;

export type ModelName = (typeof modelNames)[number];

/** True if an expectation applies under a model: it must hold under its weakest model and under all stronger ones. */
export const covers = (weakest: ModelName = 'sc', model: ModelName): boolean =>
	modelNames.indexOf(model) <= modelNames.indexOf(weakest);
