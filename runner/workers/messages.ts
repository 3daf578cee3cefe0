// SPDX-License-Identifier: MIT
/** What a worker and its pool say to each other. */
import type { Result } from '../../schema/types/report';
import type { Options } from '../decide/decide';

/** The part of the options that a process can be sent. */
export type SentOptions = Omit<Options, 'signal' | 'explored'>;

export interface Question {
	readonly id: string;
	/** Of the program: both must have loaded the same library. */
	readonly fingerprint: string;
	readonly address: string;
	readonly options: SentOptions;
}

export type Answer =
	| { readonly started: true }
	| { readonly traces: number; readonly executions: number }
	| { readonly result: Result };
