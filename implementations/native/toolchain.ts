// SPDX-License-Identifier: MIT
/** Finds the system's C compiler and binutils. */
import { findTool, run } from '../system/command';
import { notRun } from '../unavailable';

export interface Toolchain {
	/** The compiler as a command and its first arguments. */
	readonly cc: readonly [program: string, ...args: string[]];
	readonly family: 'gcc' | 'clang';
	/** Output of --version, which names builds in the cache. */
	readonly version: string;
}

const INSTALL: readonly (readonly [string, string])[] = [
	['apt-get', 'apt-get install gcc libc6-dev'],
	['dnf', 'dnf install gcc glibc-devel'],
	['zypper', 'zypper install gcc glibc-devel'],
	['pacman', 'pacman -S gcc'],
	['apk', 'apk add gcc musl-dev binutils'],
];

/** Finds the compiler: $CC, or the first of cc, gcc and clang. Throws Unavailable where none runs. */
export function findToolchain(): Toolchain {
	const wanted = process.env.CC?.split(' ').filter(Boolean) ?? [];
	const [program, ...args] =
		wanted.length > 0 ? wanted : ['cc', 'gcc', 'clang'].filter(findTool).slice(0, 1);
	if (program === undefined) throw notRun(`no C compiler: ${installCommand()}`);
	const { status, stdout: version } = run(program, [...args, '--version']);
	if (status !== 0)
		throw notRun(
			wanted.length > 0
				? `$CC is "${wanted.join(' ')}", which does not run: unset it`
				: `no C compiler: ${installCommand()}`,
		);
	if (!findTool('objdump') || !findTool('nm'))
		throw notRun(`no objdump and nm (binutils): ${installCommand()}`);
	return { cc: [program, ...args], family: /clang/i.test(version) ? 'clang' : 'gcc', version };
}

/** The command that installs a compiler on this system. */
function installCommand(): string {
	return INSTALL.find(([manager]) => findTool(manager))?.[1] ?? 'install gcc';
}
