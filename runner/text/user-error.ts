// SPDX-License-Identifier: MIT
/** An error that the user can correct; its message says how. Any other error is a bug of the runner. */
export class UserError extends Error {}

/** An implementation that cannot work here: no such tree, no compiler, no QEMU. */
export class CannotTest extends UserError {}

/** An error in the command line. */
export class UsageError extends UserError {}
