// SPDX-License-Identifier: MIT
/** Describes a step of an execution in words, for text diagrams and pages. */
import { signatures } from '../../implementations/calls';
import type { CallName } from '../../schema/types/common';
import type { Step } from '../../schema/types/report';

export interface Words {
	/** The action, such as "holder_data A -> NULL". */
	readonly text: string;
	/** "(plain)", "(kept)" or nothing. */
	readonly note: string;
	/** FILE:LINE without the folders, or nothing. */
	readonly place: string;
}

export const words = (step: Step): Words => ({
	text: textOf(step),
	note: noteOf(step),
	place: step.source?.replace(/^.*\//, '') ?? '',
});

/** True for a WARN, a fault and a wait without end. */
export const isTrouble = ({ op }: Step): boolean => ['warn', 'fault', 'wait'].includes(op);

/** True if the step changes its object: a cmpxchg() that keeps the value only reads. */
export const isWrite = ({ op, old, new: value }: Step): boolean =>
	op === 'write' || (op === 'rmw' && old !== value);

/** Spells a NULL pointer as C does. */
export const show = (value: Step['old']): string =>
	value === null || value === undefined ? 'NULL' : String(value);

/** Replaces all but printable ASCII: an implementation may return any text as a name. */
export const plainAscii = (text: string): string => text.replace(/[^ -~]/g, '?');

function textOf(step: Step): string {
	const { op, object, args, old, new: value } = step;
	switch (op) {
		case 'call':
			return `${object}(${args ?? ''})`;
		case 'return':
			return returnsNothing(object) ? 'return' : `= ${show(value)}`;
		case 'read':
			return `${object} ${show(old)}`;
		case 'rmw':
		case 'write':
			return op === 'rmw' && !isWrite(step)
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

function noteOf(step: Step): string {
	if (step.op === 'rmw') return isWrite(step) ? '' : '(kept)';
	return step.plain ? '(plain)' : '';
}

/** True for the name of a kernel function of type void. */
function returnsNothing(name: string): boolean {
	const returns = Object.hasOwn(signatures, name) ? signatures[name as CallName].returns : [];
	return returns.length === 1 && returns[0] === 'ok';
}
