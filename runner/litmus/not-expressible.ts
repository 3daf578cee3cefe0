// SPDX-License-Identifier: MIT
/** Thrown where a vector has no litmus test; the message says why. */
export class NotExpressible extends Error {}
