// SPDX-License-Identifier: MIT
/** Target of a run: the implementations that its options and words name. */
import { availableParallelism } from 'node:os';
import type { Implementation } from '../../implementations/implementation';
import { fullId } from '../library/select';
import type { OpenOptions } from '../registry';
import type { ReporterName } from '../report';
import { CANNOT_TEST, CONFORMS, type ExitCode } from '../report/exit-codes';
import { isFolder } from '../text/is-folder';
import type { Terminal } from '../text/terminal';
import { defaultAddress } from './kernel-tree';
import { obstacleText, openAll } from './open';
import { UsageError } from './option';
import type { RunValues } from './run-options';
import { isVectorFile } from './vector-words';

/** Ids and files among the words, and the addresses: a folder among the words is a kernel tree. */
export function split(
	words: readonly string[],
	{ implementation, open }: RunValues,
): { ids: readonly string[]; addresses: readonly string[] } {
	const isTree = (word: string) => !isVectorFile(word) && !isId(word) && isFolder(word);
	const ids = words.filter((word) => !isTree(word));
	if (open && ids.length === 0)
		throw new UsageError('--open scores the vectors that you name: add an id, such as DAXV-0014');
	const addresses = [...implementation, ...words.filter(isTree).map((path) => `native:${path}`)];
	return { ids, addresses: addresses.length > 0 ? addresses : [defaultAddress()] };
}

const isId = (word: string): boolean => /^DAXV-\d{4}(\/\w+)?$/.test(fullId(word));

/** Throws UsageError for an address that is given twice. */
export async function openDistinct(
	addresses: readonly string[],
	options: OpenOptions,
): Promise<readonly Implementation[]> {
	const opened = await openAll(addresses, options);
	const seen = new Set<string>();
	for (const { address } of opened) {
		if (seen.has(address)) throw new UsageError(`--implementation ${address} is given twice`);
		seen.add(address);
	}
	return opened;
}

/**
 * For people, leaves out implementations that cannot execute, with one line about each, and gives the exit code of a run
 * in which the others conform. Reports for machines keep them: each vector is not-run there.
 */
export function usable(
	implementations: readonly Implementation[],
	reporter: ReporterName,
	{ error }: Terminal,
): { implementations: readonly Implementation[]; exit: ExitCode } {
	if (reporter !== 'pretty') return { implementations, exit: CONFORMS };
	const unable = implementations.filter(({ obstacle }) => obstacle);
	for (const { address, obstacle } of unable)
		if (obstacle) error(`dax-vectors: ${obstacleText(address, obstacle)}`);
	const undecided = unable.some(({ obstacle }) => obstacle?.verdict === 'not-run');
	return {
		implementations: implementations.filter(({ obstacle }) => !obstacle),
		exit: undecided ? CANNOT_TEST : CONFORMS,
	};
}

/** Processes of an adapter at the same time. Throws UsageError for --jobs without an adapter. */
export function adapterProcesses(
	jobs: number | undefined,
	implementations: readonly Implementation[],
): number {
	if (jobs !== undefined && !implementations.some((each) => each.another))
		throw new UsageError(
			'--jobs N is how many processes of an exec:COMMAND adapter run at the same time: leave it out',
		);
	return jobs ?? availableParallelism();
}
