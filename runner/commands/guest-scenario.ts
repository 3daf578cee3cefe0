// SPDX-License-Identifier: MIT
/** guest scenario: runs scenarios in as few guests as possible. */
import type { ScenarioFile } from '../../schema/types/scenario';
import { Unavailable } from '../registry';
import { PmemGuests } from '../registry/guests';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { printable } from '../text/printable';
import { recordsOf } from '../watch/records';
import {
	isScenario,
	problemsOf,
	readScenario,
	scenarioNames,
	stepsEnded,
	stepsScript,
} from '../watch/scenario';
import { UsageError } from './option';

type Print = (line: string) => void;

/**
 * Runs the scenarios that the words name, and then a kernel if the last word does. Gives the exit code: that of a failed
 * scenario before that of one which was not run. Throws Unavailable without a kernel.
 */
export async function runScenarios(
	words: readonly string[],
	out: Print,
	error: Print,
): Promise<number> {
	if (words.length === 0)
		throw new UsageError(
			`use: dax-vectors guest scenario NAME... [KERNEL], NAME: ${scenarioNames().join(', ')}`,
		);
	const last = words.at(-1) ?? '';
	const kernel = words.length > 1 && !isScenario(last) ? last : undefined;
	const names = kernel === undefined ? words : words.slice(0, -1);
	const scenarios = names.map(readScenario);
	const guests = new PmemGuests(
		kernel,
		scenarios.map(({ needs }) => needs),
	);
	const codes: number[] = [];
	try {
		for (const scenario of scenarios) {
			try {
				codes.push(await run(scenario, guests, out));
			} catch (thrown) {
				if (!(thrown instanceof Unavailable)) throw thrown;
				const { verdict, reason } = thrown.obstacle;
				error(`${verdict.toUpperCase()}  ${scenario.title}: ${reason}`);
				codes.push(CANNOT_TEST);
			}
		}
	} finally {
		await guests.stop();
	}
	return [DOES_NOT_CONFORM, CANNOT_TEST].find((code) => codes.includes(code)) ?? CONFORMS;
}

async function run(scenario: ScenarioFile, guests: PmemGuests, out: Print): Promise<number> {
	const guest = await guests.with(scenario.needs);
	const watcher = await guest.watch().catch(async (thrown) => {
		await guests.used(false);
		throw thrown;
	});
	let output = '';
	const code = await watcher.run(stepsScript(scenario), (text) => {
		output += text;
	});
	const { findings, footer } = recordsOf(await watcher.stop(), watcher.readsFields, code);
	const crash = guest.crash();
	await guests.used(stepsEnded(output));
	// Other problems follow from a crash.
	const problems =
		crash.length > 0
			? ['the kernel crashed:', ...crash]
			: problemsOf(scenario, { output, findings, footer });
	out(`${problems.length === 0 ? 'PASS' : 'FAIL'}  ${scenario.title}, on ${guest.description}`);
	for (const { name: what, count } of footer.situations) out(`      ${what}: ${count}`);
	for (const problem of problems) out(`      ${printable(problem)}`);
	if (crash.length === 0 && footer.problems.length > 0) return CANNOT_TEST;
	return problems.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
}
