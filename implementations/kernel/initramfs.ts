// SPDX-License-Identifier: MIT
/** The guest's initramfs: busybox, an SSH server with one authorized key, and the module. */
import {
	chmodSync,
	copyFileSync,
	mkdirSync,
	realpathSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { command, findTool, run } from '../system/command';

/** Console line that the guest prints when SSH is reachable. */
export const READY = 'dax-vectors: ready';
/** Console line that the guest prints when a module cannot be loaded. */
export const NO_MODULE = 'dax-vectors: no module';

/** Pins userspace to processor 0, because a program's threads keep theirs busy while they wait for their turn. */
const INIT = `#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
taskset -p 1 $$ >/dev/null
for module in /modules/*.ko; do insmod $module || echo "${NO_MODULE} $module" >/dev/console; done
ip link set lo up
ip link set eth0 up
ip address add 10.0.2.15/24 dev eth0
dropbear -s -r /etc/dropbear/host_key
echo '${READY}' >/dev/console
while :; do sleep 1000000; done
`;

const FILES: Readonly<Record<string, string>> = {
	init: INIT,
	'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
	'etc/group': 'root:x:0:\n',
	'etc/shells': '/bin/sh\n',
	'etc/profile': 'export PATH=/bin PS1="guest# "\n',
};

export interface Keys {
	/** File of the guest's host key, in dropbear's format. */
	readonly host: string;
	/** File of the public key that may log in. */
	readonly authorized: string;
}

/** Writes the archive. Modules are loaded in the given order; programs are copied with their shared libraries. */
export function writeInitramfs(
	folder: string,
	archive: string,
	modules: readonly string[],
	programs: readonly string[],
	keys: Keys,
): void {
	const put = (path: string, source: string, mode = 0o755): void => {
		const target = join(folder, path);
		mkdirSync(dirname(target), { recursive: true });
		copyFileSync(source, target);
		chmodSync(target, mode);
	};
	for (const name of ['proc', 'sys', 'dev', 'tmp', 'root', 'bin', 'mnt'])
		mkdirSync(join(folder, name), { recursive: true });
	for (const [path, text] of Object.entries(FILES)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text, { mode: path === 'init' ? 0o755 : 0o644 });
	}
	const busybox = findTool('busybox')!;
	put('bin/busybox', busybox);
	for (const applet of command(busybox, ['--list']).split('\n'))
		if (applet !== '' && applet !== 'busybox') symlinkSync('busybox', join(folder, 'bin', applet));
	for (const program of [findTool('dropbear')!, ...programs]) {
		put(join('bin', basename(program)), program);
		for (const library of librariesOf(program)) put(library, realpathSync(library));
	}
	put('etc/dropbear/host_key', keys.host, 0o600);
	put('root/.ssh/authorized_keys', keys.authorized, 0o600);
	for (const path of ['root', 'root/.ssh']) chmodSync(join(folder, path), 0o700);
	modules.forEach((module, index) => {
		put(`modules/${String(index).padStart(2, '0')}-${basename(module)}`, module, 0o644);
	});
	const script = 'cd "$1" && find . | cpio --quiet --owner 0:0 -o -H newc >"$2"';
	command('sh', ['-c', script, 'sh', folder, archive]);
}

/** Paths of the shared libraries that a program needs. */
function librariesOf(program: string): string[] {
	const { stdout } = run('ldd', [program]);
	return [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path!);
}
