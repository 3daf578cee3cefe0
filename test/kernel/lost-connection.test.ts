// SPDX-License-Identifier: MIT
/** A machine behind ssh:// whose connection is lost is not-run, never a failure of its kernel. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import t from 'tap';
import { moduleVersion } from '../../implementations/kernel/module';
import { tool } from '../tool';

/** Runs one vector with an ssh that loses the connection at the first program; boots: of each session. */
async function run(...boots: string[]) {
	const folder = mkdtempSync(join(tmpdir(), 'dax-lost-'));
	t.teardown(() => rmSync(folder, { recursive: true }));
	const hello = `hello ${moduleVersion()} 6.12 3 fs_dax_get_by_bdev fs_put_dax kill_dax dax_holder`;
	const script = `#!/bin/sh
case "$*" in
*dax-vectors.ko*)
	echo >>${folder}/sessions
	set -- ${boots.join(' ')}
	shift $(($(wc -l <${folder}/sessions) - 1))
	[ $# -gt 0 ] || { echo 'no route to host' >&2; exit 255; }
	echo "loaded $1"; cat >/dev/null ;;
*)
	read line; echo '${hello}'
	read line; exit 255 ;;
esac
`;
	writeFileSync(join(folder, 'ssh'), script, { mode: 0o755 });
	const PATH = `${folder}${delimiter}${process.env.PATH}`;
	return tool(['run', '-i', 'ssh://root@host', 'DAXV-0003/fs_dax_get_by_bdev'], { env: { PATH } });
}

t.test('a connection that is lost twice in a case is not-run', async (t) => {
	const { code, out } = await run('one', 'one', 'one');
	t.equal(code, 125);
	t.match(
		out,
		/^1 not decided: DAXV-0003: the connection to the kernel is lost \(.*\), and once more after/m,
	);
});

t.test('a machine that has restarted is not-run', async (t) => {
	const { code, out } = await run('one', 'two');
	t.equal(code, 125);
	t.match(out, /^1 not decided: DAXV-0003: .*the machine has restarted, by a reset or a crash/m);
});

t.test('a machine that cannot be reached again is not-run', async (t) => {
	const { code, out } = await run('one');
	t.equal(code, 125);
	t.match(out, /^1 not decided: DAXV-0003: .*reconnecting failed: root@host: no route to host/m);
});
