// SPDX-License-Identifier: MIT
import type { Implementation } from '../../implementations/implementation';
import { printable } from '../text/printable';

/**
 * Short unique name: revisions of the reference are named after their release or version, others after their address,
 * on one line.
 */
export const implementationName = ({ address, target }: Implementation): string =>
	address.startsWith('reference') ? target : printable(address);
