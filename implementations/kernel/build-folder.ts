// SPDX-License-Identifier: MIT
/** A kernel that the user has built. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { notRun } from '../unavailable';
import type { KernelBuild } from './kernel-build';
import { PROCESSORS } from './qemu';

/** Options that the module and SSH access need. Networking may be modular, the rest must be built in. */
const BUILT_IN = [
	...['MODULES', 'MODULE_UNLOAD', 'SMP', 'ACPI', 'DAX', 'FS_DAX', 'KPROBES', 'KRETPROBES'],
	...['PERF_EVENTS', 'HAVE_HW_BREAKPOINT', 'KALLSYMS', 'BLK_DEV_INITRD', 'DEVTMPFS'],
	...['SERIAL_8250_CONSOLE', 'PROC_FS', 'SYSFS', 'INET', 'UNIX'],
];
/** Network options with the paths of their modules in the build, in loading order. */
const NETWORK = [
	['VIRTIO', 'drivers/virtio/virtio_ring.ko'],
	['VIRTIO', 'drivers/virtio/virtio.ko'],
	['VIRTIO_PCI_LIB_LEGACY', 'drivers/virtio/virtio_pci_legacy_dev.ko'],
	['VIRTIO_PCI_LIB', 'drivers/virtio/virtio_pci_modern_dev.ko'],
	['VIRTIO_PCI', 'drivers/virtio/virtio_pci.ko'],
	['FAILOVER', 'net/core/failover.ko'],
	['NET_FAILOVER', 'drivers/net/net_failover.ko'],
	['VIRTIO_NET', 'drivers/net/virtio_net.ko'],
] as const;

/** Reads a build folder. Throws Unavailable, with the options to add, where the kernel cannot be booted. */
export function buildFolder(path: string): KernelBuild {
	const folder = resolve(path);
	const image = join(folder, 'arch/x86/boot/bzImage');
	const config = join(folder, '.config');
	const release = join(folder, 'include/config/kernel.release');
	if (![image, config, release].every(existsSync))
		throw notRun(`${folder} has no built kernel: make bzImage modules_prepare there`);
	const text = readFileSync(config, 'utf8');
	const has = (name: string): boolean => text.includes(`\nCONFIG_${name}=y\n`);
	const missing = BUILT_IN.filter((name) => !has(name)).map((name) => `${name}=y`);
	for (const name of ['VIRTIO_PCI', 'VIRTIO_NET'])
		if (!has(name) && !text.includes(`\nCONFIG_${name}=m\n`)) missing.push(`${name}=y`);
	const processors = Number(/\nCONFIG_NR_CPUS=(\d+)\n/.exec(text)?.[1] ?? 1);
	if (processors < PROCESSORS) missing.push(`NR_CPUS=${PROCESSORS}`);
	if (missing.length > 0) {
		const lines = missing.map((option) => `CONFIG_${option}`).join(' ');
		throw notRun(`the kernel in ${folder} lacks options: add ${lines} and build it again`);
	}
	return {
		release: readFileSync(release, 'utf8').trim(),
		image,
		headers: folder,
		guestModules: NETWORK.filter(([name]) => !has(name))
			.map(([, module]) => join(folder, module))
			.filter(existsSync),
		find: (name) => {
			const path = (list: string, suffix: string) =>
				lines(join(folder, list)).find((line) => basename(line, suffix) === name);
			if (path('modules.builtin', '.ko')) return null;
			const module = path('modules.order', '.o');
			return module && join(folder, module.replace(/o$/, 'ko'));
		},
	};
}

const lines = (path: string): string[] =>
	existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
