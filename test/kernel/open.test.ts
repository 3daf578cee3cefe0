// SPDX-License-Identifier: MIT
/** An address that cannot be opened is not-run with what to do, and boots no guest. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import { openKernel, openSsh } from '../../implementations/kernel';
import { needs } from '../needs';
import { tool } from '../tool';

const folder = (files: Readonly<Record<string, string>>): string => {
	const made = mkdtempSync(join(tmpdir(), 'dax-build-'));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(made, name)), { recursive: true });
		writeFileSync(join(made, name), text);
	}
	return made;
};

t.test('rejects an address that names no kernel', async (t) => {
	const tree = folder({ 'drivers/dax/super.c': 'void *holder_data;\n' });
	const refused: readonly [string, RegExp][] = [
		['nonsense', /no folder nonsense: use 7\.3, 7\.2, 6\.12, 6\.1, or the path of a build/],
		[folder({}), /has no built kernel: make bzImage/],
		[`super=${folder({})}`, /has no drivers\/dax\/super\.c/],
		[`6.12,super=${folder({})}`, /has no drivers\/dax\/super\.c/],
		[`nowhere,super=${tree}`, /no folder nowhere/],
	];
	for (const [rest, reason] of refused)
		t.match(openKernel(rest).obstacle, { verdict: 'not-run', reason }, String(reason));
	const old = folder({ 'drivers/dax/super.c': 'void kill_dax(void)\n{\n}\n' });
	t.match(openKernel(`super=${old}`).obstacle, { verdict: 'skip', reason: /before v6\.0/ });
});

t.test('a build that lacks options says which', async (t) => {
	const build = folder({
		'arch/x86/boot/bzImage': '',
		'.config': '\nCONFIG_MODULES=y\nCONFIG_SMP=y\nCONFIG_VIRTIO_NET=m\n',
		'include/config/kernel.release': '7.1.0\n',
	});
	const { obstacle } = openKernel(build);
	t.match(obstacle, { verdict: 'not-run', reason: /add .*CONFIG_FS_DAX=y.*CONFIG_VIRTIO_PCI=y/ });
	t.notMatch(obstacle, { reason: /CONFIG_(SMP|VIRTIO_NET)=y/ });
});

t.test('missing programs are named with what installs them', async (t) => {
	const path = process.env.PATH;
	process.env.PATH = folder({});
	const { obstacle } = openKernel();
	process.env.PATH = path;
	t.match(obstacle, { verdict: 'not-run', reason: /apt-get install qemu-system-x86/ });
});

t.test('parses addresses of the form ssh://USER@HOST:PORT', async (t) => {
	for (const url of [
		'ssh://root@host',
		'ssh://host:2222',
		'ssh://my-host/',
		'ssh://root@[::1]:2222',
	])
		t.equal(openSsh(url)?.address, url);
	for (const url of [
		'ssh://',
		'ssh://-oProxyCommand=x',
		'ssh://a b',
		'ssh://root@-x',
		'ssh://[x]',
		'http://x',
	])
		t.equal(openSsh(url), undefined, url);
});

t.test('an unreachable host is not-run', needs('ssh'), async (t) => {
	const { code, err } = await tool(['run', '-i', 'ssh://root@127.0.0.1:1', 'DAXV-0001']);
	t.equal(code, 125);
	t.match(err, /cannot be tested: root@127\.0\.0\.1: ssh: .*Connection refused/);
});
