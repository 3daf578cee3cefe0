// SPDX-License-Identifier: MIT
/** Programs and sources that tests need: fetched once into a cache outside this tree, never installed. */
import { cached } from '../implementations/system/cache';

/** Gives the cache folder of that name; fill() writes it the first time. Throws what fill() throws. */
export const fetched = (name: string, fill: (draft: string) => void): string =>
	cached('test', name, fill);
