// SPDX-License-Identifier: MIT
/** Opens the implementations that a command line names. */
import type { Implementation, Obstacle } from '../../implementations/implementation';
import { type OpenOptions, open } from '../registry';
import { printable } from '../text/printable';
import { CannotTest } from '../text/user-error';
import { UsageError } from './option';

/** The implementations of all addresses, ready to execute. */
export async function openAll(
	addresses: readonly string[],
	options: OpenOptions,
): Promise<Implementation[]> {
	const opened = addresses.flatMap((address) => open(address, options));
	return Promise.all(opened.map((each) => each.ready?.() ?? each));
}

/** The implementation of an address, ready to execute. Throws UsageError for an address with a star, CannotTest. */
export async function openOne(address: string, options: OpenOptions = {}): Promise<Implementation> {
	const [opened, ...others] = open(address, options);
	if (!opened || others.length > 0)
		throw new UsageError(`--implementation ${address} names several: give one address`);
	return assertUsable((await opened.ready?.()) ?? opened);
}

/** Throws CannotTest for an implementation that cannot execute. */
export function assertUsable(implementation: Implementation): Implementation {
	const { address, obstacle } = implementation;
	if (obstacle) throw new CannotTest(obstacleText(address, obstacle));
	return implementation;
}

/** Message about an implementation that cannot execute; the reason may have several lines, such as those of a compiler. */
export const obstacleText = (address: string, { reason }: Obstacle): string =>
	`${address} cannot be tested: ${reason}`.split('\n').map(printable).join('\n');
