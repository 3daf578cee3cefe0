// SPDX-License-Identifier: MIT
/** The memory models, strongest first. */
import { lkmm } from './lkmm';
import type { Model } from './model';
import { sc } from './sc';
import { tso } from './tso';

export const models = { sc, tso, lkmm } satisfies Record<string, Model>;

export type ModelName = keyof typeof models;
