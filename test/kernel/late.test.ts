// SPDX-License-Identifier: MIT
/** An execution that exceeds a time limit is retried; when every retry does, the verdict is not-run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { decide } from '../../runner/decide/decide';
import { caseOf, OPTIONS } from '../cases';
import { debianTree } from '../native/debian';
import { editedTree } from '../native/edits';
import { needs } from '../needs';
import { breakable } from './machines';

const LIVE = needs('live kernel');

const options = { ...OPTIONS, timeout: 300_000 };

/** Decides a vector on a put that takes 3.3 s, longer than a step may, for calls in a range of counts. */
async function slow(t: Test, id: string, range: string) {
	const folder = mkdtempSync(join(tmpdir(), 'dax-late-'));
	t.teardown(() => rmSync(folder, { recursive: true }));
	const late = `{ static int n; n++; if (${range}) msleep(3300); }`;
	const tree = editedTree(debianTree('6.12'), folder, [
		{ from: '#include <linux/fs.h>\n', to: '#include <linux/delay.h>\n#include <linux/fs.h>\n' },
		{ in: 'fs_put_dax', from: '\tif (dax_dev', to: `\t${late}\n\tif (dax_dev` },
	]);
	const { implementation, started } = breakable(tree);
	t.teardown(() => implementation.close?.());
	t.equal(implementation.obstacle, undefined);
	const result = await decide(await caseOf(id), implementation, options);
	t.equal(started(), 1, 'the guest stays');
	return result;
}

t.test('a call that is late now and then is decided', LIVE, async (t) => {
	const id = 'DAXV-0001/fs_dax_get_by_bdev';
	t.match(await slow(t, id, 'n == 2 || n == 4'), { verdict: 'fail' });
});

t.test('a call that is always late is not-run, with each stop of the schedule', LIVE, async (t) => {
	// The last of its four executions only, because each is repeated five times.
	const { verdict, reason, failures } = await slow(t, 'DAXV-0031', 'n > 3');
	t.equal(verdict, 'not-run', reason);
	t.match(reason, /^schedule not realised: choice \d+ \(release\) late; stops: .*(hit|missed)/);
	t.same(failures, []);
});
