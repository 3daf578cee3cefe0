// SPDX-License-Identifier: MIT
/** The error for a vector that has no litmus test; the message gives the reason. */
export class NotExpressible extends Error {}
