// SPDX-License-Identifier: MIT
/** An expectation that an execution does not meet. */
import type { Path } from '../library/yaml-source';

export interface Violation {
	/** Path of the expectation in the vector. */
	readonly expectation: Path;
	/** The seen and the expected value. */
	readonly message: string;
	/** Indexes of two events that must be adjacent in the witness. */
	readonly together?: readonly [number, number];
}

/** Writes a value as in a vector. */
export const show = (value: unknown): string =>
	Array.isArray(value) ? value.map(show).join(' or ') : String(value);
