// SPDX-License-Identifier: MIT
/** Second executions in C: one that differs from the first in any word is read, and the runner finds what differs. */
import t, { type Test } from 'tap';
import type { Implementation } from '../../implementations/implementation';
import { openNative } from '../../implementations/native';
import { BYTES, COMMAND, commands, HEADER_WORDS, OUTPUT } from '../../implementations/native/abi';
import { openMachine } from '../../implementations/native/machine';
import { TreeProcess } from '../../implementations/native/process';
import { portFolder } from '../../implementations/native/sources';
import { findToolchain } from '../../implementations/native/toolchain';
import { compileFolder } from '../../implementations/native/tree';
import { decide } from '../../runner/decide/decide';
import type { Execution } from '../../schema/types/execution';
import { caseOf, OPTIONS } from '../cases';
import { needs } from '../needs';

const CC = needs('cc');
const CASE = 'DAXV-0001/fs_dax_get_by_bdev';

/** A process of the port; forge() changes what it answers to a request for executions. */
function processOf(t: Test, forge: (words: Int32Array) => void): TreeProcess {
	const toolchain = findToolchain();
	const machine = openMachine(toolchain);
	const request = (memory: ArrayBuffer): number => {
		const death = machine.addon.request(memory);
		const words = new Int32Array(memory);
		if (words[COMMAND] === commands.execute) forge(words);
		return death;
	};
	const addon = { ...machine.addon, request };
	const process = new TreeProcess({ ...machine, addon }, compileFolder(portFolder, toolchain));
	t.teardown(() => process.stop());
	return process;
}

t.test('an execution stands for its repetition only if every word is the same', CC, async (t) => {
	const { program } = await caseOf(CASE);
	let forge: ((words: Int32Array) => void) | undefined;
	let length = 0;
	const process = processOf(t, (words) => {
		length = words[BYTES]! / 4;
		forge?.(words);
	});
	const [execution] = process.execute(program, [[0, 1, 0, 1, 1]]) as [Execution];
	const again = () => process.repeat(program, [execution])[0];
	t.equal(again(), execution);
	t.ok(length > HEADER_WORDS, `${length} words`);
	for (let index = 0; index < length; index++) {
		forge = (words) => {
			words[OUTPUT + index]! ^= 1;
		};
		let other: Execution | undefined;
		try {
			other = again();
		} catch {
			// The words are no execution.
		}
		if (other === execution) t.fail(`word ${index} may differ`);
	}
	forge = (words) => {
		words[BYTES]! -= 4;
	};
	t.not(again(), execution, 'a word is missing');
});

t.test('an execution that has another result the second time is an error', CC, async (t) => {
	const test = await caseOf(CASE);
	const port = openNative();
	t.teardown(() => port.close?.());
	let repeated = false;
	const process = processOf(t, (words) => {
		// The last word of the first execution that is repeated: what its last event leaves.
		if (repeated) words[OUTPUT + HEADER_WORDS + (words[OUTPUT]! - 1) * 6 + 5]! ^= 1;
	});
	const implementation: Implementation = {
		...port,
		execute: (program, schedules) => process.execute(program, schedules),
		repeat: (program, executions) => {
			repeated = true;
			return process.repeat(program, executions);
		},
	};
	const { verdict, reason } = await decide(test, implementation, OPTIONS);
	t.ok(repeated);
	t.match({ verdict, reason }, { verdict: 'error', reason: /two different executions/ });
});
