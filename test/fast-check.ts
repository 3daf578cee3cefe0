// SPDX-License-Identifier: MIT
/**
 * fast-check with a fixed seed: every run of the tests generates the same programs, so that a test which counts what it
 * has seen has the same count. DAX_VECTORS_SEED=N generates others.
 */
import fc from 'fast-check';

export const SEED = Number(process.env.DAX_VECTORS_SEED ?? 1);
fc.configureGlobal({ seed: SEED });

export default fc;
