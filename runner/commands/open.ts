// SPDX-License-Identifier: MIT
/** Opens the implementations that a command line names. */
import type { Implementation } from '../../implementations/implementation';
import { open } from '../registry';
import { CannotTest } from '../text/user-error';
import { UsageError } from './option';

/** The implementations of all addresses, ready to execute. onLeftOut receives a line for each that "*" leaves out. */
export async function openAll(
	addresses: readonly string[],
	onLeftOut?: (line: string) => void,
): Promise<Implementation[]> {
	const opened = addresses.flatMap((address) => open(address, onLeftOut));
	return Promise.all(opened.map((each) => each.ready?.() ?? each));
}

/** The implementation of an address, ready to execute. Throws UsageError for an address with a star, CannotTest. */
export async function openOne(address: string): Promise<Implementation> {
	const [opened, ...others] = open(address);
	if (!opened || others.length > 0)
		throw new UsageError(`--implementation ${address} names several: give one address`);
	return assertUsable((await opened.ready?.()) ?? opened);
}

/** Throws CannotTest for an implementation that cannot execute. */
export function assertUsable(implementation: Implementation): Implementation {
	const { address, obstacle } = implementation;
	if (obstacle) throw new CannotTest(`${address} cannot be tested: ${obstacle.reason}`);
	return implementation;
}
