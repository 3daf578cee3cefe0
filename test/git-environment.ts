// SPDX-License-Identifier: MIT
/** Environment of git in tests: no configuration of the user, and an author. */
import { delimiter } from 'node:path';

/** bin: folder of programs that come before those of the machine. */
export const gitEnvironment = (bin: string): NodeJS.ProcessEnv => ({
	...process.env,
	PATH: `${bin}${delimiter}${process.env.PATH}`,
	GIT_CONFIG_GLOBAL: '/dev/null',
	...Object.fromEntries(
		['AUTHOR', 'COMMITTER'].flatMap((role) => [
			[`GIT_${role}_NAME`, 'nobody'],
			[`GIT_${role}_EMAIL`, 'nobody@example.org'],
		]),
	),
});
