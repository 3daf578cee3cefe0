// SPDX-License-Identifier: MIT
/** Kinds of releases that end no tenure. */
import { isClaim, isRelease } from '../calls';
import type { CallSpan, History } from '../history';

export interface BadRelease {
	readonly release: CallSpan & { readonly holder: string };
	/** Claims of the same holder that had returned, oldest first. */
	readonly claims: readonly CallSpan[];
	/** The release that ended the holder's last tenure, if there was one. */
	readonly earlier: CallSpan | null;
}

/** The releases by holders that hold nothing, or no more. */
export function* badReleases({ calls, tenures }: History): Generator<BadRelease> {
	for (const release of calls.filter(isRelease)) {
		if (tenures.some((tenure) => tenure.release === release)) continue;
		const { holder, begin } = release;
		const claims = calls.filter(
			(each) => isClaim(each) && each.holder === holder && each.end < begin,
		);
		const earlier = tenures.findLast(
			(each) => each.holder === holder && (each.release?.begin ?? begin) < begin,
		);
		yield { release, claims, earlier: earlier?.release ?? null };
	}
}
