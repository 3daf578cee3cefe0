// SPDX-License-Identifier: MIT
/** The memory models by name. */
import { lkmm } from './lkmm';
import type { Model } from './model';
import type { ModelName } from './names';
import { sc } from './sc';
import { tso } from './tso';

export type { ModelName };

export const models: Readonly<Record<ModelName, Model>> = { sc, tso, lkmm };
