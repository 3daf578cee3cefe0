// SPDX-License-Identifier: MIT
/** What stands after "kernel:": nothing, a version of Debian's, a build, or super=LINUX. */
import { existsSync } from 'node:fs';
import { notRun } from '../unavailable';
import { buildFolder } from './build-folder';
import { debianKernel, debianVersions } from './debian';
import type { KernelBuild } from './kernel-build';
import { buildModule } from './module';
import { readSuperTree, type SuperTree } from './super';
import { requireTools } from './tools';

/** A tree's own super.c instead of the kernel's. */
const SUPER = 'super=';

export interface Named {
	readonly kernel: KernelBuild;
	/** Our module for it. */
	readonly module: string;
	readonly tree?: SuperTree | undefined;
	/** For a person. */
	readonly description: string;
	/** The kernel that runs. */
	readonly revision: string;
}

/** Throws Unavailable. */
export function kernelAt(rest?: string): Named {
	const tree = rest?.startsWith(SUPER) ? readSuperTree(rest.slice(SUPER.length)) : undefined;
	requireTools(['qemu-system-x86_64']);
	const kernel = find(tree ? undefined : rest);
	const module = buildModule(kernel, tree);
	const revision = `Linux ${kernel.release} under QEMU`;
	const description = tree
		? `${tree.folder}/drivers/dax/super.c as a module of ${revision}`
		: revision;
	return { kernel, module, tree, description, revision };
}

function find(rest: string = debianVersions.at(-1)!): KernelBuild {
	const version = debianVersions.find((each) => each === rest);
	if (version) return debianKernel(version);
	if (existsSync(rest)) return buildFolder(rest);
	throw notRun(`no folder ${rest}: use ${debianVersions.join(', ')}, or the path of a build`);
}
