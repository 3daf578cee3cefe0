// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** Inside the callback of a holder dax_holder() returns that holder: callbacks dereference the result. */
export const callbackSeesOtherHolder: Oracle = {
	name: 'callback-sees-other-holder',
	invariant: 'Inside the callback of a holder dax_holder() returns that holder',
	class: 'use-after-release',
	effect: 'the callback dereferences NULL, or works on another filesystem',
	links: [
		{
			role: 'discussion',
			'message-id': 'CAPcyv4jAqV7dZdmGcKrG=f8sYmUXaL7YCQtME6GANywncwd+zg@mail.gmail.com',
			by: 'Dan Williams',
			says: 'a holder may dereference holder_data freely in its callback, which runs in a read section',
		},
		sources.quiesce,
	],
	vectors: ['DAXV-0045', 'DAXV-0037'],
	*check({ calls }) {
		for (const { call, inside, result, end, as } of calls) {
			if (call !== 'dax_holder' || !inside || result === undefined) continue;
			const { holder } = inside;
			if (result === holder) continue;
			yield {
				at: end,
				kind: result === null ? 'null' : 'other',
				message: `dax_holder() returned ${result} inside ${holder}'s callback`,
				rule: ['sees-its-holder', { results: { [as]: [holder, 'not-called'] } }],
			};
		}
	},
};
