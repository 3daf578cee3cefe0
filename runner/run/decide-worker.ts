// SPDX-License-Identifier: MIT
/** Worker of a run: decides each case on targets of the reference, which share their findings. */
import type { Result } from '../../schema/types/report';
import { decide, type Options } from '../decide/decide';
import { SharedFindings } from '../decide/shared-findings';
import { open } from '../registry';
import { decideClaimed } from './worker';

export interface DecideData {
	readonly addresses: readonly string[];
	/** The options that are plain data. */
	readonly options: Omit<Options, 'explored' | 'suffices' | 'shared' | 'signal'>;
}

/** Result of the case, or progress on a target: traces and executions so far. */
export type Decided =
	| { readonly result: Result }
	| { readonly address: string; readonly traces: number; readonly executions: number };

decideClaimed<DecideData, Decided>(({ addresses, options }) => {
	const targets = addresses.flatMap((address) => open(address));
	const shared = new SharedFindings();
	return async (test, send) => {
		const explored: Options['explored'] = (_, address, traces, executions) =>
			send({ address, traces, executions });
		for (const target of targets)
			send({ result: await decide(test, target, { ...options, shared, explored }) });
	};
});
