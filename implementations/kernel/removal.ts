// SPDX-License-Identifier: MIT
/** What the kernel's tracing says of a removal under a mounted filesystem, and what is wrong with it. */
import { flagsName, lengthName } from '../memory-failure';

export interface Removal {
	/** The kernel. */
	readonly description: string;
	/** What the holder was told, in order: "offset 0 length U64_MAX flags MF_MEM_PRE_REMOVE". */
	readonly told: readonly string[];
	/** Each expectation that was not met; none when the removal went as it has to. */
	readonly problems: readonly string[];
}

/** As the probes of scenario.ts write them. */
const ARGUMENTS = /\boffset=(\d+) length=(\d+) flags=(\d+)/;

/** Reads lines of the trace, which come in the order of what happened. */
export function readRemoval(description: string, said: string): Removal {
	const events = [...said.matchAll(/^.*?: (told|killed|put|warned): \(.*?\)(.*)$/gm)].map(
		([, name, rest]) => ({ name: name!, rest: rest! }),
	);
	const of = (name: string) => events.filter((event) => event.name === name);
	const told = of('told').map(({ rest }) => {
		const [, offset, length, flags] = ARGUMENTS.exec(rest) ?? [];
		if (flags === undefined) return rest.trim();
		return `offset ${offset} length ${lengthName(BigInt(length!))} flags ${flagsName(Number(flags))}`;
	});
	const problems: string[] = [];
	const expect = (holds: boolean, otherwise: string) => {
		if (!holds) problems.push(otherwise);
	};
	expect(/^removed$/m.test(said), `it did not come to its end: ${said.trim().split('\n').at(-1)}`);
	expect(told.length === 1, `the holder was told ${told.length} times, expected once (B35)`);
	for (const each of told)
		expect(
			each === 'offset 0 length U64_MAX flags MF_MEM_PRE_REMOVE',
			`the holder was told ${each}, expected all of it with MF_MEM_PRE_REMOVE (DAXV-0022)`,
		);
	expect(of('killed').length > 0, 'kill_dax() was not called: the unbind did nothing (B34)');
	expect(of('put').length === 1, `${of('put').length} calls of fs_put_dax(), expected one`);
	const order = events.map(({ name }) => name);
	expect(
		order.indexOf('killed') < order.lastIndexOf('put'),
		'the holder put the device before it was removed: nothing was tested (B07)',
	);
	expect(of('warned').length === 0, `${of('warned').length} WARNs, expected none (B07)`);
	return { description, told, problems };
}
