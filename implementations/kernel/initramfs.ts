// SPDX-License-Identifier: MIT
/** What a guest boots into: busybox, an SSH server that knows one key, and the module, loaded. */
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

/** What the guest says on its console when it can be reached. */
export const READY = 'dax-vectors: ready';
/** And before that, when a module refuses to be loaded. */
export const NO_MODULE = 'dax-vectors: no module';

/**
 * Nothing of the guest's own may run where the threads of a program run: they hold their processor while they wait.
 */
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
	/** The guest's, as dropbear keeps it. */
	readonly host: string;
	/** The public key of whoever may come in. */
	readonly authorized: string;
}

/** Writes the archive. modules are loaded in their order; programs come with what they are linked with. */
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
	for (const name of ['proc', 'sys', 'dev', 'tmp', 'root', 'bin'])
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

/** The shared libraries that a program is started with. */
function librariesOf(program: string): string[] {
	const { stdout } = run('ldd', [program]);
	return [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path!);
}
