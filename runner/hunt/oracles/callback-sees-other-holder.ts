// SPDX-License-Identifier: MIT
import { type Oracle, sources } from './oracle';

/** Inside its callback a holder finds itself through dax_holder(), and dereferences what it finds. */
export const callbackSeesOtherHolder: Oracle = {
	name: 'estranged-callback',
	states: 'Inside its callback a holder is what dax_holder() gives it',
	class: 'use-after-release',
	effect: 'the callback dereferences NULL, or works on the filesystem of somebody else',
	links: [
		{
			role: 'discussion',
			'message-id': 'CAPcyv4jAqV7dZdmGcKrG=f8sYmUXaL7YCQtME6GANywncwd+zg@mail.gmail.com',
			by: 'Dan Williams',
			says: 'a holder may dereference holder_data freely in its callback, which runs in a read section',
		},
		sources.quiesce,
	],
	*find({ calls }) {
		for (const { call, within, result, end, as } of calls) {
			if (call !== 'dax_holder' || !within || result === undefined) continue;
			const { holder } = within;
			if (result === holder) continue;
			yield {
				at: end,
				kind: result === null ? 'nobody' : 'somebody-else',
				message: `dax_holder() gave ${result} inside ${holder}'s callback`,
				rule: ['knows-its-holder', { results: { [as]: [holder, 'not-called'] } }],
			};
		}
	},
};
