// SPDX-License-Identifier: MIT
/** Fetches a kernel of Debian's and its headers into a folder of the cache. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { apt, download, unpack } from '../../system/apt';
import { run } from '../../system/command';
import { notRun } from '../../unavailable';
import { adaptHeaders } from './adapt-headers';
import type { KernelPackage } from './kernel-package';

/** Writes vmlinuz, the modules and usr/src with the headers. Throws Unavailable. */
export function fetchKernel(what: KernelPackage): void {
	const { release, options, draft } = what;
	const headers = `linux-headers-${release}`;
	const depends = apt('apt-cache', [...options, 'show', '--no-all-versions', headers]);
	const more = depends.match(/linux-(headers-[\w.+-]+-common|kbuild-[\w.+-]+)/g) ?? [];
	unpack(draft, [headers, ...new Set(more)], options);
	rmSync(join(draft, 'lib'), { recursive: true, force: true });
	extract(what, ['*/vmlinuz*', ...patternsOf(what)]);
	if (!existsSync(join(draft, 'vmlinuz'))) throw notRun(`linux-image-${release} has no vmlinuz`);
	adaptHeaders(what);
	const leftovers = readdirSync(draft).filter((name) => !/^(usr|libc|vmlinuz|.*\.ko)$/.test(name));
	for (const name of leftovers) rmSync(join(draft, name), { recursive: true });
}

/** Writes the modules alone. Throws Unavailable. */
export function fetchModules(what: KernelPackage): void {
	extract(what, patternsOf(what));
	const leftovers = readdirSync(what.draft).filter((name) => !name.endsWith('.ko'));
	for (const name of leftovers) rmSync(join(what.draft, name), { recursive: true });
}

const patternsOf = ({ modules }: KernelPackage): string[] => modules.map((name) => `*/${name}.ko*`);

/**
 * Extracts image and modules. Kernels from 7.1 on have them in packages of their own, which linux-image depends on; all
 * other files of these packages take a hundred megabytes.
 */
function extract({ release, options, draft }: KernelPackage, patterns: readonly string[]): void {
	const image = `linux-image-${release}`;
	const depends = apt('apt-cache', [...options, 'show', '--no-all-versions', image]);
	const parts = depends.match(/linux-(binary|modules)-[\w.+-]+/g) ?? [];
	for (const deb of download(draft, [image, ...new Set(parts)], options)) {
		// tar prints an error for each pattern that matches nothing.
		const script = `package=$1 draft=$2; shift 2
dpkg-deb --fsys-tarfile "$package" | tar -x -C "$draft" --wildcards "$@" 2>/dev/null
rm "$package"
find "$draft" -name '*.ko.xz' -exec xz -d {} +
find "$draft" -path "$draft/usr/src" -prune -o -name '*.ko' -exec mv -t "$draft" {} +
find "$draft" -mindepth 2 -name 'vmlinuz*' -exec mv -T {} "$draft/vmlinuz" \\;`;
		run('sh', ['-c', script, 'sh', deb, draft, ...patterns]);
	}
}
