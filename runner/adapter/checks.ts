// SPDX-License-Identifier: MIT
/** What an adapter is checked for, one by one, beside its hello and the vectors. */
import type { Check } from './check';
import { conversation } from './conversation';
import { executions } from './executions';
import { programs } from './programs';

export const checks: readonly Check[] = [...executions, ...programs, ...conversation];
