// SPDX-License-Identifier: MIT
import { signatures } from '../calls';
import { callsOf } from '../walk';
import type { Rule } from './rule';

const ARGUMENTS = ['holder', 'ops', 'offset', 'length', 'flags'] as const;

/** A call has the arguments that the kernel's function takes, and no others. */
export const callArguments: Rule = function* ({ source, vector: written, variants }) {
	const originals = [...callsOf(written)];
	for (const { name, vector } of variants) {
		for (const [index, { path, value }] of [...callsOf(vector)].entries()) {
			const isWord = originals[index]!.value.call !== value.call;
			const variant = isWord ? ` in variant ${name}` : '';
			if (!Object.hasOwn(signatures, value.call)) {
				yield source.at(
					[...path, 'call'],
					'E_VALUE',
					`${value.call} is not a call${variant}`,
					`Use one of: ${Object.keys(signatures).join(', ')}.`,
				);
				continue;
			}
			const { needs, takes } = signatures[value.call as keyof typeof signatures];
			for (const argument of needs)
				if (value[argument] === undefined)
					yield source.at(
						path,
						'E_CALL',
						`${value.call}() lacks ${argument}${variant}`,
						`Add "${argument}: NAME", or "${argument}: null" for a NULL pointer.`,
					);
			const known: readonly string[] = [...needs, ...takes];
			for (const argument of ARGUMENTS)
				if (value[argument] !== undefined && !known.includes(argument))
					yield source.at(
						[...path, argument],
						'E_CALL',
						`${value.call}() takes no ${argument}${variant}`,
						known.length > 0 ? `It takes: ${known.join(', ')}.` : 'It takes no arguments.',
						'key',
					);
		}
	}
};
