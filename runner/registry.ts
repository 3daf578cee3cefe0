// SPDX-License-Identifier: MIT
/** Opens implementations by address. The only file of the runner that knows concrete ones. */

import { openExec } from '../implementations/exec';
import { Channel } from '../implementations/exec/channel';
import { words } from '../implementations/exec/command';
import type { Implementation } from '../implementations/implementation';
import { openKernel, openSsh } from '../implementations/kernel';
import { openNative } from '../implementations/native';
import { mutantNames, openReference, revisionNames } from '../implementations/reference';

import { UserError } from './text/user-error';

export {
	bootPersistentGuest,
	persistentGuest,
	stopPersistentGuest,
} from '../implementations/kernel/persistent-guest';
/** A kernel's guest that stays, and why it does not: for whoever wants to look around. */
export { removal } from '../implementations/kernel/scenario';
export { Unavailable } from '../implementations/unavailable';

/** An address that names nothing. */
export class AddressError extends UserError {}

/** The forms of an address, for --help. */
export const addressForms = [
	['reference', 'the model, as merged upstream'],
	['reference:REVISION', `the model of ${revisionNames.join(', ')}`],
	['reference:MUTANT', 'the model with a seeded bug: see "dax-vectors matrix"'],
	['reference:*', 'the model of every revision'],
	['*', 'all of these that can run here: every revision, and native with a C compiler'],
	['native', 'a C port of the merged contract, in user space'],
	['native:LINUX', "a kernel tree's own drivers/dax/super.c, in user space"],
	['kernel', "Debian's kernel under QEMU, live; kernel:6.1 or kernel:6.12 for one of them"],
	['kernel:BUILD', 'the kernel of a build folder under QEMU, live'],
	['kernel:super=LINUX', "a kernel tree's own drivers/dax/super.c, live in Debian's kernel"],
	['ssh://root@HOST', 'a kernel that runs already, live'],
	['exec:COMMAND', 'an adapter in any language: see implementations/exec/README.md'],
] as const;

/** Opens an address; one with a star opens several. Is told what "*" leaves out. Throws AddressError. */
export function open(
	address: string,
	leftOut: (line: string) => void = () => {},
): Implementation[] {
	if (address === '*') {
		const native = openNative();
		if (!native.obstacle) return [...open('reference:*'), native];
		leftOut(`native is left out: ${native.obstacle.reason}`);
		return open('reference:*');
	}
	const [kind, name] = address.split(/:(.*)/s) as [string, string | undefined];
	if (kind === 'native') return [openNative(name)];
	if (kind === 'kernel') return [openKernel(name)];
	const remote = kind === 'ssh' && openSsh(address);
	if (remote) return [remote];
	if (kind === 'exec') return [openAdapter(name ?? '')];
	if (kind !== 'reference')
		throw new AddressError(
			`unknown implementation "${address}": use reference, reference:NAME, native, native:LINUX, kernel, kernel:NAME, ssh://root@HOST or exec:COMMAND`,
		);
	if (name === '*') return revisionNames.map((each) => openReference(each)!);
	const opened = openReference(name);
	if (!opened)
		throw new AddressError(
			`the reference has no "${name}": use one of ${revisionNames.join(', ')}, or a mutant listed by "dax-vectors matrix"`,
		);
	return [opened];
}

/** Opens an adapter by its command. Throws AddressError. */
export function openAdapter(command: string): Implementation {
	const opened = openExec(command);
	if (!opened)
		throw new AddressError(
			`exec: takes a program and its arguments, such as "exec:./my-adapter", not "${command}"`,
		);
	return opened;
}

/** The lines of an adapter, without anything that keeps to the protocol by itself. Throws AddressError. */
export function openChannel(command: string): Channel {
	openAdapter(command);
	return new Channel(words(command)!);
}

/** The model of a target; undefined when there is none. */
export const openModel = (target: string): Implementation | undefined =>
	revisionNames.includes(target) ? openReference(target) : undefined;

/** Every revision, then every mutant: what the kill matrix is about. */
export function openMatrix(): { revisions: Implementation[]; mutants: Implementation[] } {
	const openAll = (names: readonly string[]) => names.map((name) => openReference(name)!);
	return { revisions: openAll(revisionNames), mutants: openAll(mutantNames) };
}
