// SPDX-License-Identifier: MIT
/** Programs that a guest needs, and the packages that provide them. */
import { findTool } from '../system/command';
import { notRun } from '../unavailable';

/** Debian packages by program. */
const PACKAGES = {
	'qemu-system-x86_64': 'qemu-system-x86',
	busybox: 'busybox-static',
	dropbear: 'dropbear-bin',
	dropbearkey: 'dropbear-bin',
	ssh: 'openssh-client',
	tar: 'tar',
	'ssh-keygen': 'openssh-client',
	cpio: 'cpio',
	xz: 'xz-utils',
	make: 'make',
	'gcc-12': 'gcc-12',
	'dpkg-deb': 'dpkg',
	ld: 'binutils',
	'mkfs.xfs': 'xfsprogs',
	'mkfs.ext4': 'e2fsprogs',
	dmsetup: 'dmsetup',
} as const;

export type Tool = keyof typeof PACKAGES;

/** Throws Unavailable, with the command that installs the missing programs. */
export function requireTools(names: readonly Tool[]): void {
	const missing = names.filter((name) => !findTool(name));
	if (missing.length === 0) return;
	const packages = [...new Set(missing.map((name) => PACKAGES[name]))];
	throw notRun(`no ${missing.join(', ')}: apt-get install ${packages.join(' ')}`);
}
