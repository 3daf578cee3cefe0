// SPDX-License-Identifier: MIT
/** Programs of the system that a guest takes, and how to get those that are missing. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { notRun } from '../native/obstacle';

/** Programs by the package of Debian that has them. */
const PACKAGES = {
	'qemu-system-x86_64': 'qemu-system-x86',
	busybox: 'busybox-static',
	dropbear: 'dropbear-bin',
	dropbearkey: 'dropbear-bin',
	ssh: 'openssh-client',
	'ssh-keygen': 'openssh-client',
	cpio: 'cpio',
	xz: 'xz-utils',
	make: 'make',
	'gcc-12': 'gcc-12',
	'dpkg-deb': 'dpkg',
	ld: 'binutils',
} as const;

export type Tool = keyof typeof PACKAGES;

/** Programs for administrators are often not on the path of others. */
const MORE = ['/usr/sbin', '/sbin'];

/** Where a program is; undefined when it is not there. */
export function findTool(name: string): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...MORE];
	return folders
		.map((folder) => join(folder, name))
		.find((path) => {
			try {
				accessSync(path, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
}

/** Throws ObstacleError, with the command that installs them, where programs are missing. */
export function requireTools(names: readonly Tool[]): void {
	const missing = names.filter((name) => !findTool(name));
	if (missing.length === 0) return;
	const packages = [...new Set(missing.map((name) => PACKAGES[name]))];
	throw notRun(`no ${missing.join(', ')}: apt-get install ${packages.join(' ')}`);
}
