// SPDX-License-Identifier: MIT
import { availableParallelism } from 'node:os';
import type { Implementation } from '../../implementations/implementation';
import { count, UsageError, type Values } from './command';

/** Processes of an adapter at the same time, from --jobs. Throws UsageError where no adapter is given. */
export function adapterProcesses(
	values: Values,
	implementations: readonly Implementation[],
): number {
	const jobs = count(values, 'jobs', 1);
	if (jobs !== undefined && !implementations.some((each) => each.another))
		throw new UsageError(
			'--jobs N is how many processes of an exec:COMMAND adapter run at the same time: leave it out',
		);
	return jobs ?? availableParallelism();
}
