// SPDX-License-Identifier: MIT
/** Kinds of calls: claims, releases, removals, revivals. */
import type { Call } from '../../schema/types/vector';

export const CLAIMS: readonly string[] = ['fs_dax_get', 'fs_dax_get_by_bdev'];

/** To unbind a driver kills the device, to bind one revives it. */
const REMOVALS: readonly string[] = ['kill_dax', 'device_release_driver'];
const REVIVALS: readonly string[] = ['run_dax', 'device_driver_attach'];

type Named = Pick<Call, 'call'>;
type Held = Pick<Call, 'call' | 'holder'>;

export const isRemoval = ({ call }: Named): boolean => REMOVALS.includes(call);
export const isRevival = ({ call }: Named): boolean => REVIVALS.includes(call);

/** True if the call claims for a holder; a lookup without a holder only takes a reference. */
export const isClaim = <C extends Held>(call: C): call is C & { holder: string } =>
	CLAIMS.includes(call.call) && typeof call.holder === 'string';

export const isRelease = <C extends Held>(call: C): call is C & { holder: string } =>
	call.call === 'fs_put_dax' && typeof call.holder === 'string';
