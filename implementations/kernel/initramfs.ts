// SPDX-License-Identifier: MIT
/** The guest's initramfs: busybox, an SSH server with one authorized key, and modules of the kernel. */
import {
	chmodSync,
	copyFileSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	rmSync,
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

const TEXTS: Readonly<Record<string, string>> = {
	'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
	'etc/group': 'root:x:0:\n',
	'etc/shells': '/bin/sh\n',
	'etc/profile': 'export PATH=/bin PS1="guest# "\n',
};

const FOLDERS = ['proc', 'sys', 'dev', 'tmp', 'root', 'bin', 'mnt', 'modules'];

/** Folder of the guest with modules that a later insmod loads: init loads those of /modules. */
export const FURTHER_MODULES = 'modules/further';

/** A file of the guest. */
export interface GuestFile {
	/** Path without a leading slash. */
	readonly path: string;
	readonly content: string | Buffer;
	readonly mode: number;
}

/** Files of a guest that other guests may share: all except its keys. */
export interface GuestContent {
	/** Paths of modules that the guest loads when it boots, in loading order. */
	readonly modules: readonly string[];
	/** Paths of modules that it only has, in FURTHER_MODULES. */
	readonly further: readonly string[];
	/** Paths of programs, which are copied with their shared libraries. */
	readonly programs: readonly string[];
}

/** Reads the files of a guest. */
export function guestFiles({ modules, further, programs }: GuestContent): GuestFile[] {
	const files: GuestFile[] = [{ path: 'init', content: INIT, mode: 0o755 }];
	const put = (path: string, source: string, mode: number) =>
		files.push({ path, content: readFileSync(source), mode });
	for (const [path, content] of Object.entries(TEXTS)) files.push({ path, content, mode: 0o644 });
	put('bin/busybox', findTool('busybox')!, 0o755);
	const libraries = new Set<string>();
	for (const program of [findTool('dropbear')!, ...programs]) {
		put(`bin/${basename(program)}`, program, 0o755);
		for (const library of librariesOf(program)) libraries.add(library);
	}
	for (const library of libraries) put(library.slice(1), realpathSync(library), 0o755);
	modules.forEach((module, index) => {
		put(`modules/${String(index).padStart(2, '0')}-${basename(module)}`, module, 0o644);
	});
	for (const module of further) put(`${FURTHER_MODULES}/${basename(module)}`, module, 0o644);
	return files;
}

export interface Keys {
	/** File of the guest's host key, in dropbear's format. */
	readonly host: string;
	/** File of the public key that may log in. */
	readonly authorized: string;
}

/** Writes the archive, from a folder that exists only meanwhile. */
export function writeInitramfs(archive: string, files: readonly GuestFile[], keys: Keys): void {
	const folder = `${archive}-files`;
	for (const name of FOLDERS) mkdirSync(join(folder, name), { recursive: true });
	for (const { path, content, mode } of files) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
		chmodSync(join(folder, path), mode);
	}
	for (const applet of command(findTool('busybox')!, ['--list']).split('\n'))
		if (applet !== '' && applet !== 'busybox') symlinkSync('busybox', join(folder, 'bin', applet));
	const put = (path: string, source: string): void => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		copyFileSync(source, join(folder, path));
		chmodSync(join(folder, path), 0o600);
	};
	put('etc/dropbear/host_key', keys.host);
	put('root/.ssh/authorized_keys', keys.authorized);
	for (const path of ['root', 'root/.ssh']) chmodSync(join(folder, path), 0o700);
	const script = 'cd "$1" && find . | cpio --quiet --owner 0:0 -o -H newc >"$2"';
	command('sh', ['-c', script, 'sh', folder, archive]);
	rmSync(folder, { recursive: true });
}

/** Paths of the shared libraries that a program needs. */
function librariesOf(program: string): string[] {
	const { stdout } = run('ldd', [program]);
	return [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(([, path]) => path!);
}
