// SPDX-License-Identifier: MIT
/** The command to type after a run. It works as pasted, in the same folder. */
import type { Header, Result } from '../../schema/types/report';
import { ownCommand } from '../text/own-command';
import { shellWord } from '../text/shell-word';
import { type ExitCode, exitCodes } from './exit-codes';

export interface Next {
	/** Purpose of the command, as a heading. */
	readonly why: string;
	readonly command: string;
}

interface Ended {
	readonly exit: number;
	/** The first result that fails. */
	readonly failing: Result | undefined;
	/** The first open result, where nothing is scored. */
	readonly open: Result | undefined;
	readonly implementations: Header['implementations'];
	/** Path of the file of the failing vector, unless the library has it. */
	readonly file: string | undefined;
}

/** The next command; undefined where the messages of the run say what to do. */
export function nextCommand({
	exit,
	failing,
	open,
	implementations,
	file,
}: Ended): Next | undefined {
	const own = ownCommand();
	if (failing) {
		const on = ` -i ${shellWord(failing.implementation)}`;
		const what = shellWord(file ?? failing.vector);
		return implementations.length > 1
			? { why: 'The interleaving', command: `${own} run ${what}${on}` }
			: { why: 'What must hold, and who said so', command: `${own} show ${what}${on}` };
	}
	if (open) {
		const on = implementations.map(({ address }) => ` -i ${shellWord(address)}`).join('');
		return {
			why: `${open.vector} is open, so it is not scored; to score it`,
			command: `${own} run ${shellWord(file ?? open.id)} --open${on}`,
		};
	}
	if (exit !== 0 || !Object.hasOwn(exitCodes, exit as ExitCode)) return undefined;
	const tree = implementations.find(({ address }) => address.startsWith('native:'));
	return tree
		? {
				why: 'To look for bugs that no vector states',
				command: `${own} hunt -i ${shellWord(tree.address)}`,
			}
		: { why: 'To check a kernel tree', command: `${own} run PATH/TO/LINUX` };
}
