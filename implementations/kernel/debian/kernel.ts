// SPDX-License-Identifier: MIT
/** Debian's kernels by version: image, modules and headers from its packages, in the cache. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AptOptions, apt, suiteOptions } from '../../system/apt';
import { cached, hashOf } from '../../system/cache';
import { notRun, Unavailable } from '../../unavailable';
import type { KernelBuild } from '../kernel-build';
import { requireTools } from '../tools';
import { fetchKernel, fetchModules } from './fetch';

/** Versions that tests and documentation name, newest first. Any other version that Debian has works as well. */
export const debianVersions = ['7.3', '7.2', '6.12', '6.1'] as const;

/** Suites that are asked for a version that this system's apt does not know, in this order. */
const SUITES = [['trixie', 'trixie-backports'], ['sid']];

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

/** Modules that every cached kernel has: those above, and xfs on persistent memory. */
const MODULES = [
	...GUEST_MODULES,
	...['libnvdimm', 'nd_btt', 'nd_pmem', 'nd_e820', 'crc32c_generic', 'crc32c-cryptoapi'],
	...['libcrc32c', 'xfs'],
];

/**
 * Further modules, for scenarios. They are extracted with the others; a kernel that was cached before one was listed
 * gets an entry for these beside it when one is asked for, so that a run fetches no kernel again.
 */
const FURTHER_MODULES = ['mbcache', 'jbd2', 'crc16', 'ext4', 'dm-mod'];
/** File of a cached kernel that names the further modules that were extracted with it. */
const FURTHER_LIST = 'further-modules';

/** Prefix of cache entries: it changes with the list of modules, because an older entry lacks some of them. */
const PREFIX = `debian-${hashOf(MODULES).slice(0, 8)}-`;

/**
 * Finds the kernel of a version in the cache, or fetches the newest release of it. A cached kernel stays until its
 * folder is removed, so that two runs use the same kernel. Throws Unavailable.
 */
export function debianKernel(version: string): KernelBuild {
	const folder = cached('kernel', `${PREFIX}${version}`, (draft, final) => {
		requireTools(['dpkg-deb', 'xz']);
		const { release, options } = find(version, draft);
		fetchKernel({ release, options, modules: [...MODULES, ...FURTHER_MODULES], draft, final });
		writeFileSync(join(draft, 'release'), release);
		writeFileSync(join(draft, FURTHER_LIST), FURTHER_MODULES.join('\n'));
	});
	const release = readFileSync(join(folder, 'release'), 'utf8');
	return {
		release,
		image: join(folder, 'vmlinuz'),
		headers: join(folder, `usr/src/linux-headers-${release}`),
		guestModules: GUEST_MODULES.map((name) => join(folder, `${name}.ko`)).filter(existsSync),
		find: (name) => {
			const home = FURTHER_MODULES.includes(name) ? furtherModules(folder, release) : folder;
			return [join(home, `${name}.ko`)].find(existsSync);
		},
	};
}

/** The folder that has the further modules of a cached kernel. Throws Unavailable. */
function furtherModules(folder: string, release: string): string {
	const list = join(folder, FURTHER_LIST);
	const wanted = FURTHER_MODULES.join('\n');
	if (existsSync(list) && readFileSync(list, 'utf8') === wanted) return folder;
	const name = `modules-${hashOf(FURTHER_MODULES).slice(0, 8)}-${release}`;
	return cached('kernel', name, (draft, final) => {
		requireTools(['dpkg-deb', 'xz']);
		const found = search(release.replaceAll(/[.+]/g, '\\$&'), draft);
		if (!found)
			throw notRun(
				`Debian no longer has the modules of ${release}: remove ${folder}, and a newer kernel is fetched`,
			);
		fetchModules({ ...found, modules: FURTHER_MODULES, draft, final });
	});
}

/** The newest kernel of debianVersions that is in the cache or can be fetched. Throws Unavailable. */
export function newestKernel(): KernelBuild {
	const reasons: string[] = [];
	for (const version of debianVersions)
		try {
			return debianKernel(version);
		} catch (error) {
			if (!(error instanceof Unavailable)) throw error;
			reasons.push(`${version}: ${error.message}`);
		}
	throw notRun(`no kernel of Debian's can be had: ${reasons.join('; ')}`);
}

/** The newest release of a version and the apt options of the suite that has it. */
function find(version: string, draft: string): Release {
	// The pattern leaves out -cloud-amd64 and -rt-amd64.
	const found = search(`${version.replaceAll('.', '\\.')}\\.[0-9]+[-+][a-z0-9]+-amd64`, draft);
	if (!found)
		throw notRun(`Debian has no package of Linux ${version}: use ${debianVersions.join(', ')}`);
	return found;
}

interface Release {
	/** Such as "7.3.4+deb13-amd64". */
	readonly release: string;
	/** Options of the first suite that has it. */
	readonly options: AptOptions;
}

/** The newest release that a regular expression matches, in the first suite that has one. */
function search(pattern: string, draft: string): Release | undefined {
	const own = newest(pattern, []);
	if (own) return { release: own, options: [] };
	for (const suites of SUITES) {
		const options = suiteOptions(join(draft, suites[0]!), suites);
		const release = newest(pattern, options);
		if (release) return { release, options };
	}
	return undefined;
}

function newest(pattern: string, options: AptOptions): string | undefined {
	return apt('apt-cache', [...options, 'search', '--names-only', `^linux-image-${pattern}$`])
		.split('\n')
		.flatMap((line) => /^linux-image-(\S+)/.exec(line)?.[1] ?? [])
		.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
		.at(-1);
}
