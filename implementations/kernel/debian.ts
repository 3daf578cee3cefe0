// SPDX-License-Identifier: MIT
/** Debian's kernels: image and headers from its packages, unpacked into the cache without root. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheRoot, hashOf } from '../system/cache';
import { command } from '../system/command';
import { notRun } from '../unavailable';
import type { KernelBuild } from './kernel-build';
import { requireTools } from './tools';

export const debianVersions = ['6.1', '6.12'] as const;
export type DebianVersion = (typeof debianVersions)[number];

/** Patterns of package names, by version. */
const IMAGES: Readonly<Record<DebianVersion, string>> = {
	'6.1': '^linux-image-6\\.1\\.0-[0-9]+-amd64$',
	'6.12': '^linux-image-6\\.12\\.[0-9]+.deb12-amd64$',
};

/** Modules that SSH access needs, in loading order. Those that a kernel has built in have no file. */
const GUEST_MODULES = [
	'virtio_ring',
	'virtio',
	'virtio_pci_legacy_dev',
	'virtio_pci_modern_dev',
	'virtio_pci',
	'failover',
	'net_failover',
	'virtio_net',
];

/** All modules to extract: those above, and a filesystem on persistent memory for scenario.ts. */
const MODULES = [
	...GUEST_MODULES,
	...['libnvdimm', 'nd_btt', 'nd_pmem', 'nd_e820', 'crc32c_generic', 'libcrc32c', 'xfs'],
];
/** Prefix of cache entries: it changes with the list of modules, because an older entry lacks some of them. */
const FETCHED = `debian-${hashOf(MODULES).slice(0, 8)}-`;

/**
 * Finds the kernel of a version in the cache, or fetches the newest one. A cached kernel stays until its folder is
 * removed, so that two runs use the same kernel. Throws Unavailable.
 */
export function debianKernel(version: DebianVersion): KernelBuild {
	const release = inCache(version) ?? newest(version);
	const folder = cached('kernel', `${FETCHED}${release}`, (draft, final) =>
		fetch(release, draft, final),
	);
	return {
		release,
		image: join(folder, `boot/vmlinuz-${release}`),
		headers: join(folder, `usr/src/linux-headers-${release}`),
		guestModules: GUEST_MODULES.map((name) => join(folder, `${name}.ko`)).filter(existsSync),
		find: (name) => [join(folder, `${name}.ko`)].find(existsSync),
	};
}

function inCache(version: DebianVersion): string | undefined {
	if (!existsSync(cacheRoot('kernel'))) return undefined;
	const releases = readdirSync(cacheRoot('kernel'))
		.filter((name) => name.startsWith(`${FETCHED}${version}.`))
		.map((name) => name.slice(FETCHED.length));
	return releases.sort(byVersion).at(-1);
}

/** The newest release that apt knows, such as "6.12.117+deb12-amd64". Throws Unavailable. */
function newest(version: DebianVersion): string {
	requireTools(['dpkg-deb', 'xz']);
	const found = ask('apt-cache', ['search', '--names-only', IMAGES[version]])
		.split('\n')
		.map((line) => /^linux-image-(\S+)/.exec(line)?.[1])
		.filter((release) => release !== undefined);
	const last = found.sort(byVersion).at(-1);
	if (!last)
		throw notRun(`apt knows no package of Linux ${version}: on Debian 12, run apt-get update`);
	return last;
}

function byVersion(a = '', b = ''): number {
	return a.localeCompare(b, 'en', { numeric: true });
}

function fetch(release: string, draft: string, final: string): void {
	requireTools(['dpkg-deb', 'xz']);
	const headers = `linux-headers-${release}`;
	const more = ask('apt-cache', ['show', '--no-all-versions', headers]).match(
		/linux-(headers-[\w.+-]+-common|kbuild-[\w.+-]+)/g,
	);
	const packages = [`linux-image-${release}`, headers, ...new Set(more)];
	ask('apt-get', ['download', ...packages], draft);
	for (const name of packages) {
		const [file] = readdirSync(draft).filter((each) => each.startsWith(`${name}_`));
		if (name.startsWith('linux-image-')) extractImage(join(draft, file!), release, draft);
		else ask('dpkg-deb', ['-x', join(draft, file!), draft]);
	}
	ask('sh', ['-c', 'rm -r "$1"/*.deb "$1"/lib "$1"/usr/share', 'sh', draft]);
	// These two files name the folders where the packages would be installed; no other file has absolute paths.
	for (const name of ['Makefile', '.kernelvariables']) {
		const file = join(draft, `usr/src/${headers}`, name);
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, text.replaceAll(/\/usr\/(?=src\/|lib\/linux-)/g, `${final}/usr/`));
	}
}

/** Extracts the image and the modules listed above; the other modules take a hundred megabytes. */
function extractImage(deb: string, release: string, draft: string): void {
	const image = `./boot/vmlinuz-${release}`;
	const patterns = MODULES.map((name) => `*/${name}.ko*`);
	// tar prints an error for each pattern that matches nothing.
	const script = `package=$1 draft=$2; shift 2
dpkg-deb --fsys-tarfile "$package" | tar -x -C "$draft" --wildcards "$@" 2>/dev/null
find "$draft/lib" -name '*.ko.xz' -exec xz -d {} +
find "$draft/lib" -name '*.ko' -exec mv -t "$draft" {} +`;
	ask('sh', ['-c', script, 'sh', deb, draft, image, ...patterns]);
	if (!existsSync(join(draft, image))) throw notRun(`${deb} has no ${image}`);
}

function ask(program: string, args: readonly string[], cwd?: string): string {
	const explain = (output: string) => {
		const [first] = output.split('\n');
		return `Debian's kernel cannot be fetched (${first}): on Debian 12, run apt-get update`;
	};
	return command(program, args, { cwd, explain });
}
