// SPDX-License-Identifier: MIT
/** Parses the module's report of an execution; module/report.c defines the lines. */
import type { Event, Execution, Value } from '../../schema/types/execution';
import type { Program, ProgramCall } from '../../schema/types/program';
import { bytesName, flagsName } from '../memory-failure';
import { resultName } from '../system/errno';

/** Reads the executions of one program. */
export class Reader {
	private readonly agents: string[];
	private readonly sites = new Map<number, ProgramCall['call']>();
	/** Sites of calls whose *start_off is reported. */
	private readonly startOffs = new Set<number>();

	/** inlined: fields that inlined functions may read. */
	constructor(
		program: Program,
		private readonly inlined: ReadonlySet<string>,
	) {
		this.agents = program.threads.map(({ name }) => name);
		const callers = [...program.threads, ...Object.values(program.holders)];
		for (const caller of callers)
			for (const { site, call, start_off } of caller?.calls ?? []) {
				this.sites.set(site, call);
				if (start_off) this.startOffs.add(site);
			}
	}

	/** Throws Error for a line that module/report.c does not write. */
	read(lines: readonly string[]): Execution {
		let baseline = 0;
		let baselineOfLog = 0;
		const execution: Execution = {
			agents: this.agents,
			start: { alive: false, holder: null, ops: null },
			events: [],
			results: [],
			device: { alive: false, holder: null, ops: null, refs: 0 },
			warnings: [],
			callbacks: [],
			faults: [],
			blocked: [],
			diverged: null,
		};
		for (const line of lines) {
			const words = line.split(' ');
			const number = (index: number) => Number(words[index]);
			switch (words[0]) {
				case 'start':
					execution.start = { ...fields(words) };
					baseline = number(4);
					break;
				case 'start-log':
					execution.start.log = { ...fields(words) };
					baselineOfLog = number(4);
					break;
				case 'event': {
					const event = this.event(words);
					execution.events.push(event);
					// The return of a callback is not the result of an API call.
					if (event.op === 'return' && event.object === this.sites.get(event.site))
						execution.results.push({
							site: event.site,
							value: event.new as string | null,
							...(this.startOffs.has(event.site) && { start_off: startOff(words[5]!) }),
						});
					break;
				}
				case 'warning':
					execution.warnings.push({
						function: words[1]!,
						...(words[4] === '-' ? {} : { source: words[4]! }),
						agent: number(2),
						event: number(3),
					});
					break;
				case 'told':
					execution.callbacks.push({
						holder: words[1]!,
						...(words[2] !== 'device' && { device: words[2] as 'log' | 'unknown' }),
						offset: bytesName(BigInt(words[3]!)),
						length: bytesName(BigInt(words[4]!)),
						flags: flagsName(number(5)),
						agent: number(6),
						event: number(7),
					});
					break;
				case 'fault':
					execution.faults.push({
						fault: words[1] as Execution['faults'][number]['fault'],
						agent: number(2) < 0 ? null : number(2),
						event: number(3),
					});
					break;
				case 'blocked':
					execution.blocked.push({
						agent: number(1),
						op: words[2] as Event['op'],
						object: words[3]!,
					});
					break;
				case 'diverged':
					execution.diverged = {
						at: number(1),
						agent: number(2),
						why: words[3] as NonNullable<Execution['diverged']>['why'],
					};
					break;
				case 'device':
					execution.device = { ...fields(words), refs: number(4) - baseline };
					break;
				case 'log':
					execution.log = { ...fields(words), refs: number(4) - baselineOfLog };
					break;
				default:
					throw new Error(`the module sent an unknown line: "${line}"`);
			}
		}
		return execution;
	}

	private event(words: readonly string[]): Event {
		const [, agent, op, object, marked, old, next, site, name, enabled] = words as string[];
		const edge = op === 'call' || op === 'return';
		return {
			agent: Number(agent),
			op: op as Event['op'],
			object: object!,
			marked: marked === '1',
			old: edge ? null : value(object!, old!),
			new: op === 'return' ? this.result(object!, next!) : edge ? null : value(object!, next!),
			site: Number(site),
			function: name === '-' ? '' : name!,
			...(op === 'read' && this.inlined.has(fieldOf(object!)) && { inlined: true }),
			enabled: agentSet(enabled!),
		};
	}

	private result(object: string, word: string): string | null {
		if (word === '-') return null;
		if (word === 'ok') return word;
		if (object === 'dax_alive') return word === '1' ? 'alive' : 'dead';
		// Calls whose results are names of holders or drivers, or none.
		return /^-?\d+$/.test(word) ? resultName(Number(word)) : word;
	}
}

const startOff = (word: string): number | 'untouched' =>
	word === '-' ? 'untouched' : Number(word);

const pointer = (word: string): string | null => (word === '-' ? null : word);

function fields([, alive, holder, ops]: readonly string[]) {
	return { alive: alive === '1', holder: pointer(holder!), ops: pointer(ops!) };
}

/** Name of a field without the device that it belongs to. */
const fieldOf = (object: string): string => object.replace(/^log\./, '');

function value(object: string, word: string): Value {
	const field = fieldOf(object);
	if (field === 'flags') return word === '1';
	return field === 'i_count' ? Number(word) : pointer(word);
}

/** Arrays of agents by their text, shared between events because most repeat. */
const sets = new Map<string, number[]>();

function agentSet(digits: string): number[] {
	let set = sets.get(digits);
	if (!set) {
		set = [...digits].map(Number);
		sets.set(digits, set);
	}
	return set;
}

/** True if a thread exceeded its time limit, as happens when an emulated processor is not scheduled by the host. */
export const isLate = (lines: readonly string[]): boolean =>
	lines.some((line) => /^diverged .* late$/.test(line));
