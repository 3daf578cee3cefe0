// SPDX-License-Identifier: MIT
/** Debian's kernels fail exactly what their lists of known failures say; without a list they do not conform. */
import t from 'tap';
import { debianVersions } from '../../implementations/kernel/debian/kernel';
import { needs } from '../needs';
import { tool } from '../tool';

const LIVE = needs('live kernel');

for (const version of debianVersions)
	t.test(`Linux ${version} conforms with its list of known failures`, LIVE, async (t) => {
		const run = ['run', '-i', `kernel:${version}`];
		const list = ['--known-failures', `debian-${version}`];
		const { code, out } = await tool([...run, ...list]);
		t.equal(code, 0, out.slice(-2000));
		t.match(out, /^\d+ pass, [\s\S]*^\d+ fails? as known: /m);
	});

t.test('a stock kernel does not conform without a list', LIVE, async (t) => {
	const { code, out } = await tool(['run', '-i', 'kernel:6.12', 'DAXV-0001', 'DAXV-0003']);
	t.equal(code, 1);
	t.match(out, /^FAIL +DAXV-0001\/fs_dax_get_by_bdev/m);
	t.match(out, 'does not conform');
});
