// SPDX-License-Identifier: MIT
/** What a step of an execution says, in the words of the text diagram, the HTML report and the pages. */

import { signatures } from '../../implementations/calls';
import type { CallName } from '../../schema/types/common';
import type { Step } from '../../schema/types/report';
import { show } from './lanes';

export interface Words {
	/** What it does, such as "holder_data A -> NULL". */
	readonly text: string;
	/** "(plain)", "(kept)" or nothing. */
	readonly note: string;
	/** FILE:LINE without the folders, or nothing. */
	readonly place: string;
}

export function words(step: Step): Words {
	const note = noteOf(step);
	const place = step.source?.replace(/^.*\//, '') ?? '';
	return { text: textOf(step), note, place };
}

/** Is it what a reader looks for first? */
export const isTrouble = ({ op }: Step): boolean => ['warn', 'fault', 'wait'].includes(op);

function textOf({ op, object, args, old, new: value }: Step): string {
	switch (op) {
		case 'call':
			return `${object}(${args ?? ''})`;
		case 'return':
			return isVoid(object) ? 'return' : `= ${show(value)}`;
		case 'read':
			return `${object} ${show(old)}`;
		case 'rmw':
		case 'write':
			return op === 'rmw' && old === value
				? `${object} ${show(old)}`
				: `${object} ${show(old)} -> ${show(value)}`;
		case 'srcu-lock':
			return 'srcu_read_lock';
		case 'srcu-unlock':
			return 'srcu_read_unlock';
		case 'sync-begin':
			return 'synchronize_srcu begins';
		case 'sync-end':
			return 'synchronize_srcu ends';
		case 'free':
			return `the ${object} is freed`;
		case 'lock':
		case 'unlock':
			return `${object} ${op}`;
		case 'warn':
			return `WARN in ${object}()`;
		case 'fault':
		case 'remark':
			return object;
		case 'wait':
			return `waits for ever: ${object}`;
	}
}

function noteOf({ op, old, new: value, plain }: Step): string {
	if (op === 'rmw') return old === value ? '(kept)' : '';
	return plain ? '(plain)' : '';
}

/** Does the kernel's function return nothing? */
function isVoid(name: string): boolean {
	const returns = Object.hasOwn(signatures, name) ? signatures[name as CallName].returns : [];
	return returns.length === 1 && returns[0] === 'ok';
}
