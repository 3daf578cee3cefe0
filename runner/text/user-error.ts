// SPDX-License-Identifier: MIT
/** An error that is the user's to mend: its message says how. Any other error is a bug of ours. */
export class UserError extends Error {}
