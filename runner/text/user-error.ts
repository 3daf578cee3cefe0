// SPDX-License-Identifier: MIT
/** An error that the user can correct; its message says how. Any other error is a bug of the runner. */
export class UserError extends Error {}
