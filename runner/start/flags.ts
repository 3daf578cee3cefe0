// SPDX-License-Identifier: MIT
/** Flags of V8 for this process. V8 rejects bytecode that it made under other flags. */
import { setFlagsFromString } from 'node:v8';

/**
 * Bytecode that a function runs before V8 considers it for optimisation, several times the default: a command ends within
 * a second or two, and optimised code that it hardly used took a third of the processor time of a whole run.
 */
const OPTIMISATION_BUDGET_BYTES = 500_000;

setFlagsFromString(`--interrupt-budget=${OPTIMISATION_BUDGET_BYTES}`);
