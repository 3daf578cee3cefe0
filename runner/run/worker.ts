// SPDX-License-Identifier: MIT
/** A worker thread: claims cases one after the other, and sends the main thread what it finds about each. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Case } from '../library/compile';
import { fromPlain, type PlainCase } from '../library/plain-case';
import { type Claims, claim, finish } from './claims';

/** Data that a worker is started with. */
export interface WorkerData {
	/** Its number in the claims. */
	readonly thread: number;
	/** Index of the case that the main thread claimed for it, so that an error at its start belongs to a case. */
	readonly first: number;
	readonly claims: Claims;
	readonly cases: readonly PlainCase[];
	/** Data for prepare(). */
	readonly data: unknown;
}

export interface WorkerMessage<Content> {
	/** Index of the case that it is about. */
	readonly index: number;
	readonly content: Content;
}

/** Decides a case and sends what it finds. */
export type DecideCase<Content> = (test: Case, send: (content: Content) => void) => Promise<void>;

/**
 * Decides cases until none is left; prepare() is called once, with the data that the main thread gave. Any error ends
 * the worker, and the main thread reports it.
 */
export async function decideClaimed<Data, Content>(
	prepare: (data: Data) => DecideCase<Content>,
): Promise<void> {
	const { thread, first, claims, cases, data } = workerData as WorkerData;
	const decideCase = prepare(data as Data);
	const decideAt = async (index: number) => {
		const test = cases[index];
		if (!test) throw new Error(`case ${index} is missing`);
		await decideCase(fromPlain(test), (content) =>
			parentPort?.postMessage({ index, content } satisfies WorkerMessage<Content>),
		);
		finish(claims, index);
	};
	await decideAt(first);
	for (let next = claim(claims, thread); next !== undefined; next = claim(claims, thread))
		await decideAt(next);
}
