// SPDX-License-Identifier: MIT
/** Types of a loaded vector: the schema makes most keys optional, and the status decides which of them are there. */
import type { Vector as WrittenVector } from '../../schema/types/vector';

export type { WrittenVector };

type Content = 'bug' | 'device' | 'threads' | 'outcomes';

/** A vector to run: normative (scored) or open (shown only). */
export interface LiveVector
	extends Omit<WrittenVector, Content | 'status' | 'retired'>,
		Required<Pick<WrittenVector, Content>> {
	status: 'normative' | 'open';
}

/** A retired vector, kept so that its id is not used again. */
export interface Tombstone extends Pick<WrittenVector, 'format' | 'id' | 'title' | 'tags'> {
	status: 'retired';
	retired: NonNullable<WrittenVector['retired']>;
}

export type Vector = LiveVector | Tombstone;
