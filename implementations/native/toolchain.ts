// SPDX-License-Identifier: MIT
/** The system's C compiler, and what comes with it. */
import { findTool, run } from '../system/command';
import { notRun } from '../unavailable';

export interface Toolchain {
	/** The compiler as a command and its first arguments. */
	readonly cc: readonly string[];
	readonly family: 'gcc' | 'clang';
	/** Everything that --version says: another compiler, another build. */
	readonly version: string;
}

const INSTALL: readonly (readonly [string, string])[] = [
	['apt-get', 'apt-get install gcc libc6-dev'],
	['dnf', 'dnf install gcc glibc-devel'],
	['zypper', 'zypper install gcc glibc-devel'],
	['pacman', 'pacman -S gcc'],
	['apk', 'apk add gcc musl-dev binutils'],
];

/** $CC, or the first of cc, gcc and clang. Throws Unavailable where there is none. */
export function findToolchain(): Toolchain {
	const wanted = process.env.CC?.split(' ').filter(Boolean);
	const cc = wanted?.length ? wanted : ['cc', 'gcc', 'clang'].filter(findTool).slice(0, 1);
	const answer = cc.length > 0 ? run(cc[0]!, [...cc.slice(1), '--version']) : undefined;
	if (answer?.status !== 0)
		throw notRun(
			wanted?.length
				? `$CC is "${wanted.join(' ')}", which does not run: unset it`
				: `no C compiler: ${installCommand()}`,
		);
	if (!findTool('objdump') || !findTool('nm'))
		throw notRun(`no objdump and nm (binutils): ${installCommand()}`);
	const version = answer.stdout;
	return { cc, family: /clang/i.test(version) ? 'clang' : 'gcc', version };
}

/** The one command that installs a compiler here. */
function installCommand(): string {
	return INSTALL.find(([manager]) => findTool(manager))?.[1] ?? 'install gcc';
}
