// SPDX-License-Identifier: MIT
/** Describes a data race in words. */
import type { DataRace, RacingAccess } from '../../schema/types/report';

/** Describes both sides: "fs_put_dax() writes plainly (super.c:119), dax_holder() reads marked (super.c:248)". */
export const sidesText = ({ first, second }: DataRace): string =>
	`${sideText(first)}, ${sideText(second)}`;

const VERBS: Readonly<Record<RacingAccess['op'], string>> = {
	read: 'reads',
	write: 'writes',
	rmw: 'updates',
};

function sideText({ function: name, op, marked, source }: RacingAccess): string {
	const place = source === undefined ? '' : ` (${source.replace(/^.*\//, '')})`;
	return `${name}() ${VERBS[op]} ${marked ? 'marked' : 'plainly'}${place}`;
}
