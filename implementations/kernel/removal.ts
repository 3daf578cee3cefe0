// SPDX-License-Identifier: MIT
/** Judges the trace of a removal under a mounted filesystem. */
import { bytesName, flagsName } from '../memory-failure';

export interface Removal {
	/** The kernel, for people. */
	readonly description: string;
	/** Arguments of each notification, in order: "offset 0 length U64_MAX flags MF_MEM_PRE_REMOVE". */
	readonly told: readonly string[];
	/** One line for each expectation that is not met. */
	readonly problems: readonly string[];
}

/** Arguments as the probes of scenario.ts print them. */
const ARGUMENTS = /\boffset=(\d+) length=(\d+) flags=(\d+)/;

/** Parses the trace, whose lines are in the order of the events. */
export function readRemoval(description: string, said: string): Removal {
	const events = [...said.matchAll(/^.*?: (told|killed|put|warned): \(.*?\)(.*)$/gm)].map(
		([, name, rest]) => ({ name: name!, rest: rest! }),
	);
	const of = (name: string) => events.filter((event) => event.name === name);
	const told = of('told').map(({ rest }) => {
		const [, offset, length, flags] = ARGUMENTS.exec(rest) ?? [];
		if (flags === undefined) return rest.trim();
		return `offset ${offset} length ${bytesName(BigInt(length!))} flags ${flagsName(Number(flags))}`;
	});
	const problems: string[] = [];
	const expect = (holds: boolean, otherwise: string) => {
		if (!holds) problems.push(otherwise);
	};
	expect(
		/^removed$/m.test(said),
		`the scenario did not reach its end: ${said.trim().split('\n').slice(-2).join(' ')}`,
	);
	expect(told.length === 1, `the holder was notified ${told.length} times, expected once (B35)`);
	for (const each of told)
		expect(
			each === 'offset 0 length U64_MAX flags MF_MEM_PRE_REMOVE',
			`the holder was notified with ${each}, expected the whole device and MF_MEM_PRE_REMOVE (DAXV-0022)`,
		);
	expect(
		of('killed').length > 0,
		'kill_dax() was not called: unbinding the driver had no effect (B34)',
	);
	expect(of('put').length === 1, `${of('put').length} calls of fs_put_dax(), expected one`);
	const order = events.map(({ name }) => name);
	expect(
		!order.includes('put') || order.indexOf('killed') < order.lastIndexOf('put'),
		'the holder released the device before its removal, so that the scenario tests nothing (B07)',
	);
	expect(of('warned').length === 0, `${of('warned').length} WARNs, expected none (B07)`);
	return { description, told, problems };
}
