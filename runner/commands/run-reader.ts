// SPDX-License-Identifier: MIT
/** A run whose reader closes stdout, such as head. */
import type { Result } from '../../schema/types/report';
import { DOES_NOT_CONFORM, type ExitCode } from '../report/exit-codes';
import { exitCodeOf } from '../report/verdicts';
import type { Terminal } from '../text/terminal';

interface Reader {
	/** Exit code of a run that ended early because its reader is gone. */
	exit?: ExitCode;
	add(result: Result): void;
}

/** Where the reader of stdout is gone (| head), goes on until the first failure, so that the exit code stays true. */
export function untilFailure(terminal: Terminal, interrupt: AbortController): Reader {
	let closed = false;
	let failed = false;
	const stop = () => {
		if (!closed || !failed) return;
		reader.exit = DOES_NOT_CONFORM;
		interrupt.abort();
	};
	terminal.whenClosed = () => {
		closed = true;
		stop();
	};
	const reader: Reader = {
		add: (result) => {
			failed ||= exitCodeOf([result]) === DOES_NOT_CONFORM;
			stop();
		},
	};
	return reader;
}
