// SPDX-License-Identifier: MIT
/** Judges the files that are compiled: every vector on the base and after each patch, equal files once. */
import type { Result } from '../../schema/types/report';
import { decide, type Options } from '../decide/decide';
import type { Case } from '../library/compile';
import { open } from '../registry';
import { type CompileAhead, compileAhead } from '../registry/trees';

/** Verdicts of one content: results by case, or why there are none. */
export type Judgement =
	| { readonly results: ReadonlyMap<string, Result> }
	| { readonly obstacle: string; readonly verdict: 'skip' | 'not-run' };

export interface Judged {
	/** Folder with the files that are compiled. */
	readonly folder: string;
	/** Name in results, such as "7/9". */
	readonly name: string;
}

/** Where folders are judged. */
export interface Place {
	/** Kind of address, such as "native:" or "kernel:super=". */
	readonly kind: string;
	/** Lets the code of a native tree make any system call. */
	readonly unconfined: boolean;
}

/** Judges one folder. */
export async function judge(
	{ folder, name }: Judged,
	cases: readonly Case[],
	options: Options,
	{ kind, unconfined }: Place,
): Promise<Judgement> {
	const results = new Map<string, Result>();
	for (const opened of open(`${kind}${folder}`, { unconfined })) {
		const implementation = (await opened.ready?.()) ?? opened;
		try {
			if (implementation.obstacle)
				return {
					obstacle: withoutFolder(implementation.obstacle.reason, folder),
					verdict: implementation.obstacle.verdict,
				};
			for (const test of cases) {
				// Lets signals and timers in.
				await new Promise(setImmediate);
				if (options.signal?.aborted) return { obstacle: 'interrupted', verdict: 'not-run' };
				const result = await decide(test, implementation, options);
				results.set(test.id, { ...result, implementation: name });
			}
		} finally {
			await implementation.close?.();
		}
	}
	return { results };
}

/** The folder is gone when the message is read. */
const withoutFolder = (text: string, folder: string): string =>
	text.replaceAll(`${folder}/`, '').replaceAll(folder, 'the scratch folder');

/** Judges each content once, and compiles those that are announced while others are judged. */
export class Judge {
	private readonly known = new Map<string, Promise<Judgement>>();
	private ahead: CompileAhead | undefined;

	constructor(
		private readonly cases: readonly Case[],
		private readonly options: Options,
		private readonly place: Place,
	) {}

	/** Starts to compile folders that will be judged, in this order. */
	announce(folders: readonly string[]): void {
		this.ahead?.stop();
		this.ahead = this.place.kind === 'native:' ? compileAhead(folders) : undefined;
	}

	/** Gives the verdicts of a content; key is equal for equal files. */
	of(key: string, judged: Judged): Promise<Judgement> {
		const known = this.known.get(key) ?? this.judge(judged);
		this.known.set(key, known);
		return known;
	}

	close(): void {
		this.ahead?.stop();
	}

	private async judge(judged: Judged): Promise<Judgement> {
		await this.ahead?.ended(judged.folder);
		return judge(judged, this.cases, this.options, this.place);
	}
}
