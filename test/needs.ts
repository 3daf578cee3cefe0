// SPDX-License-Identifier: MIT
/** Programs, downloads and time that tests need beyond Node.js and npm packages. run-tests.ts counts tests without them. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { findTool } from '../implementations/system/command';

interface Requirement {
	/** Names of programs, or absolute paths. */
	readonly programs: readonly string[];
	/** Debian packages that install them. */
	readonly debian: string;
	/** Only "npm run test:all" runs such tests, because they download, boot a kernel, drive a browser or take minutes. */
	readonly later?: true;
}

const MODULES = '/usr/lib/python3/dist-packages';

export const REQUIREMENTS = {
	'aarch64-linux-gnu-gcc': {
		programs: ['aarch64-linux-gnu-gcc'],
		debian: 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross',
	},
	bash: { programs: ['bash'], debian: 'bash' },
	cc: { programs: ['cc', 'objdump', 'nm'], debian: 'gcc libc6-dev binutils' },
	clang: { programs: ['clang'], debian: 'clang' },
	'cmark-gfm': { programs: ['cmark-gfm'], debian: 'cmark-gfm' },
	git: { programs: ['git'], debian: 'git' },
	perl: { programs: ['perl'], debian: 'perl' },
	ps: { programs: ['ps'], debian: 'procps' },
	python3: { programs: ['python3'], debian: 'python3' },
	ssh: { programs: ['ssh'], debian: 'openssh-client' },
	'qemu-aarch64': { programs: ['qemu-aarch64'], debian: 'qemu-user' },
	browser: { programs: ['/usr/bin/chromium'], debian: 'chromium', later: true },
	herd7: { programs: ['apt-get', 'dpkg-deb'], debian: 'apt dpkg', later: true },
	'junit schema': {
		programs: ['tar', 'xmllint', `${MODULES}/junitparser`],
		debian: 'tar libxml2-utils python3-junitparser',
		later: true,
	},
	'kernel source': {
		programs: ['apt-get', 'dpkg-deb', 'tar', 'xz'],
		debian: 'apt dpkg tar xz-utils',
		later: true,
	},
	lava: {
		programs: [`${MODULES}/lava_common`, `${MODULES}/pexpect`, `${MODULES}/requests`],
		debian: 'lava-common python3-pexpect python3-requests',
		later: true,
	},
	'live kernel': {
		programs: [
			...['qemu-system-x86_64', 'gcc-12', 'make', 'cpio', 'xz', 'ssh', 'busybox', 'dropbearkey'],
			...['mkfs.xfs', 'apt-get', 'dpkg-deb'],
		],
		debian:
			'qemu-system-x86 gcc-12 make cpio xz-utils openssh-client busybox-static dropbear-bin xfsprogs',
		later: true,
	},
	time: { programs: [], debian: '', later: true },
} as const satisfies Readonly<Record<string, Requirement>>;

export type Need = keyof typeof REQUIREMENTS;

/** Begins the reason of a test that is not run for want of a program. */
export const NOT_RUN = 'not-run: ';
/** Begins the reason of a test that only "npm run test:all" runs. */
export const IN_ALL = 'test:all: ';

/** Tests to run: all of them, or only those that "npm test" leaves to "npm run test:all". */
const part = process.env.DAX_VECTORS_TESTS as 'all' | 'rest' | undefined;

const requirement = (name: Need): Requirement => REQUIREMENTS[name];
const isInstalled = (program: string): boolean =>
	isAbsolute(program) ? existsSync(program) : findTool(program) !== undefined;

/** True if none of the programs that are needed is missing. */
export const isPresent = (name: Need): boolean => requirement(name).programs.every(isInstalled);

/** Options of a tap test, as in t.test(name, needs('cc'), ...). */
export function needs(...names: readonly Need[]): {
	skip?: string;
	only?: boolean;
	runOnly?: boolean;
} {
	const later = names.find((name) => requirement(name).later);
	if (later && part === undefined) return { skip: IN_ALL + later };
	const missing = names.find((name) => !isPresent(name));
	if (missing) return { skip: NOT_RUN + missing };
	// With tap's --only, runs this test with all of its subtests.
	return later && part === 'rest' ? { only: true, runOnly: false } : {};
}

/** True if tests with these needs run: for what a file prepares for them. */
export const willRun = (...names: readonly Need[]): boolean => needs(...names).skip === undefined;

/** Prints the Debian packages that install what is missing; for .ci/run. */
if (require.main === module) {
	const names = Object.keys(REQUIREMENTS) as Need[];
	console.log(names.flatMap((name) => (isPresent(name) ? [] : requirement(name).debian)).join(' '));
}
