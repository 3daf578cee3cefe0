// SPDX-License-Identifier: MIT
import { UserError } from '../text/user-error';

/** A series or a base that cannot be judged: exit code 125. */
export class CannotJudge extends UserError {}
