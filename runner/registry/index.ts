// SPDX-License-Identifier: MIT
/**
 * Opens implementations by address. No other folder of the runner imports concrete implementations. Each kind but the
 * reference is loaded when an address names it.
 */
import type { Channel } from '../../implementations/exec/channel';
import type { Implementation } from '../../implementations/implementation';
import { mutantNames, openReference, revisionNames } from '../../implementations/reference';
import { revisionName } from '../../implementations/revision-names';
import { isFolder } from '../text/is-folder';
import { nearest } from '../text/nearest';
import { UsageError } from '../text/user-error';

export { MERGED } from '../../implementations/revision-names';
export { notRun, Unavailable } from '../../implementations/unavailable';

type Exec = typeof import('../../implementations/exec');
type ExecChannel = typeof import('../../implementations/exec/channel');
type ExecCommand = typeof import('../../implementations/exec/command');
type Kernels = typeof import('../../implementations/kernel');
type Native = typeof import('../../implementations/native');

const exec = (): Exec => require('../../implementations/exec');
const execChannel = (): ExecChannel => require('../../implementations/exec/channel');
const execCommand = (): ExecCommand => require('../../implementations/exec/command');
const kernels = (): Kernels => require('../../implementations/kernel');
const native = (): Native => require('../../implementations/native');

/** Forms of an address with their explanation, for the help. */
export const addressForms = [
	['reference', 'the model, as merged upstream'],
	['reference:REVISION', `the model of ${revisionNames.join(', ')}`],
	['reference:MUTANT', 'the model with a seeded bug: see "dax-vectors matrix"'],
	['reference:*', 'the model of every revision'],
	['*', 'every revision and, with a C compiler, native'],
	['native', 'a C port of the merged contract, in user space'],
	['native:LINUX', "a kernel tree's own drivers/dax/super.c, in user space; also the path alone"],
	['native:LINUX@REV', 'the same, of a commit, tag or branch, out of git objects'],
	['kernel', "the newest of Debian's kernels under QEMU, live; kernel:6.12 for one version"],
	['kernel:BUILD', 'the kernel of a build folder under QEMU, live'],
	[
		'kernel:super=LINUX',
		"a kernel tree's own drivers/dax/super.c, live; kernel:6.12,super=LINUX for one version",
	],
	['ssh://root@HOST', 'a running kernel, live'],
	['exec:COMMAND', 'an adapter in any language: see docs/write-an-adapter.md'],
] as const;

export interface OpenOptions {
	/** Lets the code of a native tree make any system call. */
	readonly unconfined?: boolean;
	/** Receives a line for each implementation that "*" leaves out. */
	onLeftOut?(line: string): void;
}

/** The implementations of an address: one, or several for a star. Throws UsageError for an unknown address. */
export function open(address: string, options: OpenOptions = {}): Implementation[] {
	if (address === '*') {
		const port = native().openNative(undefined, options);
		if (!port.obstacle) return [...openModels(revisionNames), port];
		options.onLeftOut?.(`native is left out: ${port.obstacle.reason}`);
		return openModels(revisionNames);
	}
	const [kind, name] = address.split(/:(.*)/s);
	if (kind === 'native') return [native().openNative(name, options)];
	if (kind === 'kernel') return [kernels().openKernel(name)];
	const remote = kind === 'ssh' && kernels().openSsh(address);
	if (remote) return [remote];
	if (kind === 'exec') return [openAdapter(name ?? '')];
	if (kind !== 'reference' && isFolder(address)) return [native().openNative(address, options)];
	if (kind !== 'reference')
		throw new UsageError(
			`unknown implementation "${address}":${suggestion(kind, KINDS)} use reference, reference:NAME, native, native:LINUX, kernel, kernel:NAME, ssh://root@HOST or exec:COMMAND`,
		);
	return name === '*' ? openModels(revisionNames) : openModels([name]);
}

const KINDS = ['reference', 'native', 'kernel', 'ssh', 'exec'];

function suggestion(word = '', words: readonly string[]): string {
	const like = nearest(word, words);
	return like === undefined ? '' : ` did you mean ${like}?`;
}

/** Models by name; the merged revision without one. Throws UsageError for an unknown name. */
const openModels = (names: readonly (string | undefined)[]): Implementation[] =>
	names.map((name) => {
		const opened = openReference(name);
		if (opened) return opened;
		throw new UsageError(
			`the reference has no "${name}":${suggestion(name, [...revisionNames, ...mutantNames()])} use one of ${revisionNames.join(', ')}, or a mutant listed by "dax-vectors matrix"`,
		);
	});

/** Opens an adapter by its command line. Throws UsageError. */
export function openAdapter(command: string): Implementation {
	const opened = exec().openExec(command);
	if (!opened) throw noProgram(command);
	return opened;
}

/** Starts an adapter and gives its raw lines, for messages that violate the protocol. Throws UsageError. */
export function openChannel(command: string): Channel {
	const parts = execCommand().words(command);
	if (!parts) throw noProgram(command);
	const { Channel: Opened } = execChannel();
	return new Opened(parts);
}

const noProgram = (command: string): UsageError =>
	new UsageError(
		`exec: takes a program and its arguments, such as "exec:./my-adapter", not "${command}"`,
	);

/** The model of a target; undefined for a target without a model. */
export const openModel = (target: string): Implementation | undefined =>
	revisionNames.includes(revisionName(target)) ? openReference(target) : undefined;

/** Every revision and every mutant of the reference. */
export const openMatrix = (): { revisions: Implementation[]; mutants: Implementation[] } => ({
	revisions: openModels(revisionNames),
	mutants: openModels(mutantNames()),
});
