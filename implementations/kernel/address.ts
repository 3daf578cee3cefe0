// SPDX-License-Identifier: MIT
/** Resolves what follows "kernel:" in an address: a Debian version, a build folder or nothing, and super=LINUX. */
import { existsSync } from 'node:fs';
import { notRun } from '../unavailable';
import { buildFolder } from './build-folder';
import { debianKernel, debianVersions, newestKernel } from './debian/kernel';
import type { KernelBuild } from './kernel-build';
import { buildModule } from './module';
import { readSuperTree, type SuperTree } from './super';
import { requireTools } from './tools';

/** "super=LINUX" selects a kernel tree's own super.c, built into the module; a kernel and a comma may come before it. */
const SUPER = /^(?:(.*?),)??super=(.*)$/s;

export interface Named {
	readonly kernel: KernelBuild;
	/** Path of the module built for this kernel. */
	readonly module: string;
	readonly tree?: SuperTree | undefined;
	/** One line for people. */
	readonly description: string;
	/** Release of the running kernel, and how it runs. */
	readonly revision: string;
}

/**
 * Fetches or finds the kernel and builds the module for it. redirects: also builds what sends the kernel's callers to the
 * super.c of a tree. Throws Unavailable.
 */
export function kernelAt(rest?: string, redirects = false): Named {
	const [, named, linux] = SUPER.exec(rest ?? '') ?? [undefined, rest];
	const tree = linux === undefined ? undefined : readSuperTree(linux);
	const kernel = find(named);
	const module = buildModule(kernel, tree, tree && redirects);
	const revision = `Linux ${kernel.release} under QEMU`;
	const description = tree
		? `${tree.folder}/drivers/dax/super.c as a module of ${revision}`
		: revision;
	return { kernel, module, tree, description, revision };
}

/** A version such as "7.3", a build folder, or, without either, the newest version that can be had. */
function find(rest?: string): KernelBuild {
	const isFolder = rest !== undefined && !/^\d+\.\d+$/.test(rest);
	if (isFolder && !existsSync(rest))
		throw notRun(`no folder ${rest}: use ${debianVersions.join(', ')}, or the path of a build`);
	// A mistake in the address is reported before a missing program, and nothing is fetched in vain.
	const built = isFolder ? buildFolder(rest) : undefined;
	requireTools(['qemu-system-x86_64']);
	return built ?? (rest === undefined ? newestKernel() : debianKernel(rest));
}
