// SPDX-License-Identifier: MIT
import { signatures } from '../../../implementations/calls';
import { nearest } from '../../text/nearest';
import { callsOf } from '../vector-parts';
import type { Rule } from './rule';

const ARGUMENTS = [
	'device',
	'holder',
	'ops',
	'offset',
	'length',
	'flags',
	'driver',
	'start_off',
] as const;

const HINTS = {
	holder: 'Add "holder: NAME", or "holder: null" for a NULL pointer.',
	ops: 'Add "ops: NAME", or "ops: null" for a NULL pointer.',
	offset: 'Add "offset: BYTES", the start of the partition on the disk.',
	length: 'Add "length: BYTES", the size of the partition.',
	driver: 'Add "driver: DAXDRV_FSDEV_TYPE", or another type.',
} as const;

const shown = (argument: string): string => (argument === 'log' ? 'device: log' : argument);

function hintFor(call: string): string {
	const like = nearest(call, Object.keys(signatures));
	return `${like === undefined ? '' : `Did you mean ${like}? `}vectors/README.md explains all calls.`;
}

/** A call has the arguments of the kernel function, and no others. */
export const callArguments: Rule = function* ({ source, vector: written, variants }) {
	const originals = [...callsOf(written)];
	for (const { name, vector } of variants) {
		for (const [index, { path, value }] of [...callsOf(vector)].entries()) {
			const isWord = originals[index]?.value.call !== value.call;
			const variant = isWord ? ` in variant ${name}` : '';
			if (!Object.hasOwn(signatures, value.call)) {
				yield source.diagnose([...path, 'call'], {
					code: 'E_VALUE',
					message: `${value.call} is not a call${variant}`,
					hint: hintFor(String(value.call)),
				});
				continue;
			}
			const { needs, takes } = signatures[value.call as keyof typeof signatures];
			for (const argument of needs)
				if (value[argument] === undefined)
					yield source.diagnose(path, {
						code: 'E_CALL',
						message: `${value.call}() lacks ${argument}${variant}`,
						hint: HINTS[argument],
					});
			const known: readonly string[] = [...needs, ...takes];
			const isLog = value.device === 'log' && known.includes('log');
			for (const argument of ARGUMENTS)
				if (
					value[argument] !== undefined &&
					!known.includes(argument) &&
					!(isLog && argument === 'device')
				)
					yield source.diagnose([...path, argument], {
						code: 'E_CALL',
						message: `${value.call}() takes no ${argument}${variant}`,
						hint:
							known.length > 0
								? `It takes: ${known.map(shown).join(', ')}.`
								: 'It takes no arguments.',
						at: 'key',
					});
		}
	}
};
