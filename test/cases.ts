// SPDX-License-Identifier: MIT
/** Cases for tests: those of the library, and small ones that a test writes itself. */
import type { Implementation } from '../implementations/implementation';
import { openReference } from '../implementations/reference';
import { decide, type Options } from '../runner/decide/decide';
import { type Case, compile } from '../runner/library/compile';
import { openLibrary } from '../runner/library/library';
import { parseVector } from '../runner/library/load';
import type { Result } from '../schema/types/report';

export const OPTIONS: Options = {
	order: 'any',
	preemptions: null,
	budget: 200_000,
	timeout: 20_000,
};

let cases: Promise<readonly Case[]> | undefined;

/** Every case of the library. */
export function library(): Promise<readonly Case[]> {
	cases ??= openLibrary().then((opened) => opened.cases);
	return cases;
}

/** A case of the library by its id, such as DAXV-0001/fs_dax_get. */
export async function caseOf(id: string): Promise<Case> {
	const found = (await library()).find((test) => test.id === id);
	if (!found) throw new Error(`there is no case ${id}`);
	return found;
}

const HEAD = `
format: 1
id: DAXV-9999
title: A vector that a test wrote
status: normative
tags: [sequential]
bug:
  class: wrong-result
  effect: only a test can suffer from it
  evidence: reported
  links: [{role: rule, message-id: a@b, says: a test says so}]
`;

/** Compiles a small vector. body: YAML from the key holders on; the head is a constant. */
export function small(body: string): Case {
	const [test] = compile(parseVector('DAXV-9999.yaml', Buffer.from(HEAD + body)));
	return test!;
}

/** A revision or mutant of the reference, every execution of which the runner checks. */
export function reference(name = 'merged'): Implementation {
	const opened = openReference(name);
	if (!opened) throw new Error(`the reference has no ${name}`);
	return { ...opened, tested: false };
}

/** Decides a case on a revision or mutant of the reference. */
export function decideOn(test: Case, name = 'merged', options: Partial<Options> = {}) {
	return decide(test, reference(name), { ...OPTIONS, ...options }) as Promise<Result>;
}
