// SPDX-License-Identifier: MIT
/** All checks between the hello and the vectors. */
import type { Check } from './check';
import { conversation } from './conversation';
import { executions } from './executions';
import { programs } from './programs';

export const checks: readonly Check[] = [...executions, ...programs, ...conversation];
