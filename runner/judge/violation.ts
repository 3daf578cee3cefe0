// SPDX-License-Identifier: MIT
/** An expectation that an execution does not meet. */
import type { Path } from '../library/yaml-source';

export interface Violation {
	/** The expectation, as its path in the vector. */
	readonly expectation: Path;
	/** What was seen and what was expected. */
	readonly message: string;
	/** Two events that the story of it has to show one right after the other. */
	readonly together?: readonly [number, number];
}

/** A value as people write it in a vector. */
export const show = (value: unknown): string =>
	Array.isArray(value) ? value.map(show).join(' or ') : String(value);
