// SPDX-License-Identifier: MIT
/** Generated programs of the holder protocol, whose callers need not follow its rules, and generated toys. */

import type { Program, ProgramCall } from '../../schema/types/program';
import fc from '../fast-check';
import type { Instruction, Toy } from './toy';

const holder = fc.constantFrom('A', 'B', null);
type Step = Omit<ProgramCall, 'site'>;

const call: fc.Arbitrary<Step> = fc.oneof(
	fc.record({
		call: fc.constantFrom('fs_dax_get' as const, 'fs_dax_get_by_bdev' as const),
		holder,
		ops: holder,
	}),
	fc.record({ call: fc.constant('fs_put_dax' as const), holder }),
	fc.record({
		call: fc.constantFrom(
			'put_dax' as const,
			'kill_dax' as const,
			'run_dax' as const,
			'dax_holder' as const,
			'dax_holder_notify_failure' as const,
			'dax_get_private' as const,
			'alloc_dax' as const,
			'dax_dev_get' as const,
			'dax_add_host' as const,
			'dax_remove_host' as const,
			'device_release_driver' as const,
		),
	}),
	fc.record({ call: fc.constant('dax_set_ops' as const), ops: holder }),
	fc.record({
		call: fc.constant('device_driver_attach' as const),
		driver: fc.constantFrom('DAXDRV_FSDEV_TYPE' as const, 'DAXDRV_DEVICE_TYPE' as const),
	}),
);
/** A read section of a caller, with one call inside. */
const section: fc.Arbitrary<Step[]> = fc
	.constantFrom('dax_alive' as const, 'dax_holder' as const)
	.map((asked) => [{ call: 'dax_read_lock' }, { call: asked }, { call: 'dax_read_unlock' }]);
const calls = fc.oneof(
	{ arbitrary: fc.array(call, { minLength: 1, maxLength: 2 }), weight: 5 },
	{ arbitrary: section, weight: 1 },
);

/** Two or three threads of one or two calls; A's callback may make a call, too. */
export const generatedProgram: fc.Arbitrary<Program> = fc
	.record({
		threads: fc.array(calls, { minLength: 2, maxLength: 3 }),
		inside: fc.array(call, { maxLength: 1 }),
		claimed: fc.boolean(),
		refs: fc.integer({ min: 2, max: 4 }),
	})
	.map(({ threads, inside, claimed, refs }) => {
		let site = 0;
		const number = (steps: readonly Step[]) => steps.map((step) => ({ site: site++, ...step }));
		const owner = claimed ? 'A' : null;
		return {
			id: 'generated',
			holders: { A: { returns: 'ok', calls: number(inside) }, B: { returns: '-EIO', calls: [] } },
			device: { alive: true, holder: owner, ops: owner, refs },
			setup: [],
			threads: threads.map((steps, index) => ({ name: `t${index}`, calls: number(steps) })),
		};
	});

/** Calls that can be about the log. */
const ABOUT_LOG = new Set<string>([
	...['fs_dax_get', 'fs_dax_get_by_bdev', 'fs_put_dax', 'put_dax', 'kill_dax', 'run_dax'],
	...['dax_holder', 'dax_holder_notify_failure', 'dax_get_private', 'dax_set_ops'],
	...['dax_dev_get', 'dax_add_host', 'dax_remove_host', 'dax_alive'],
]);

/** Programs with two devices: the second claimed, free, dead or not allocated, and about half of the calls about it. */
export const generatedPair: fc.Arbitrary<Program> = fc
	.record({
		program: generatedProgram,
		log: fc.constantFrom<NonNullable<Program['log']> | null>(
			null,
			{ alive: true, holder: null, ops: null, refs: 1 },
			{ alive: true, holder: 'A', ops: 'A', refs: 2 },
			{ alive: false, holder: null, ops: null, refs: 1 },
		),
		about: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
	})
	.map(({ program, log, about }) => {
		const point = (calls: readonly ProgramCall[]): ProgramCall[] =>
			calls.map((each) =>
				ABOUT_LOG.has(each.call) && about[each.site] ? { ...each, device: 'log' } : each,
			);
		const { A } = program.holders;
		return {
			...program,
			log,
			holders: { ...program.holders, ...(A && { A: { ...A, calls: point(A.calls) } }) },
			threads: program.threads.map(({ name, calls }) => ({ name, calls: point(calls) })),
		};
	});

const instruction: fc.Arbitrary<Instruction> = fc.oneof(
	fc.record({
		op: fc.constantFrom('read' as const, 'write' as const, 'cas' as const),
		// m is a mutex as well: an access of it without lock does not wait.
		variable: fc.constantFrom('x', 'y', 'm'),
		value: fc.integer({ min: 1, max: 2 }),
	}),
	fc.record({
		op: fc.constantFrom('lock' as const, 'unlock' as const),
		variable: fc.constantFrom('m', 'n'),
	}),
	fc.record({ op: fc.constantFrom('srcu-lock' as const, 'srcu-unlock' as const, 'sync' as const) }),
);
/** Two or three threads of up to four instructions. */
export const generatedToy: fc.Arbitrary<Toy> = fc.array(
	fc.array(instruction, { minLength: 1, maxLength: 4 }),
	{
		minLength: 2,
		maxLength: 3,
	},
);
