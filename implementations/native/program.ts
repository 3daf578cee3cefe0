// SPDX-License-Identifier: MIT
/** Encodes a program for the machine: machine/program.c. */
import type { Program, ProgramCall } from '../../schema/types/program';
import { bytesNumber, flagsNumber } from '../memory-failure';
import { resultNumber } from '../system/errno';
import { calls, drivers, MAX_AGENTS, MAX_HOLDERS, members } from './abi';

/** The words of a program. Throws where it has too many holders or threads. */
export function encode({ device, log, holders, setup, threads }: Program): number[] {
	const names = Object.keys(holders);
	if (names.length > MAX_HOLDERS) throw new Error(`at most ${MAX_HOLDERS} holders run natively`);
	if (threads.length > MAX_AGENTS) throw new Error(`at most ${MAX_AGENTS} threads run natively`);

	const pointer = (name: string | null | undefined): number =>
		name === null || name === undefined ? 0 : names.indexOf(name) + 1;
	const block = (list: readonly ProgramCall[]): number[] => [
		list.length,
		...list.flatMap((call) => [
			calls.indexOf(call.call),
			call.site,
			pointer(call.holder),
			pointer(call.ops),
			deviceWord(call.device),
			call.start_off ? 1 : 0,
			flagsNumber(call.flags),
			call.driver ? drivers.indexOf(call.driver) : 0,
			...words(call.offset ?? 0),
			...words(call.length ?? 4096),
		]),
	];
	const state = ({ alive, holder, ops, refs }: Program['device']): number[] => [
		alive ? 1 : 0,
		pointer(holder),
		pointer(ops),
		refs,
	];
	return [
		...state(device),
		...(log ? [2, ...state(log)] : [log === null ? 1 : 0]),
		names.length,
		...Object.values(holders).flatMap((holder) =>
			holder === null
				? [membersOf(['notify_failure']), 0, ...block([])]
				: [membersOf(holder.lacks ?? []), resultNumber(holder.returns), ...block(holder.calls)],
		),
		...block(setup),
		threads.length,
		...threads.flatMap((thread) => block(thread.calls)),
	];
}

/** Encodes members of a holder's operations as bits. */
const membersOf = (lacks: readonly string[]): number =>
	lacks.reduce((bits, name) => bits | (1 << members.indexOf(name)), 0);

/** Encodes the device argument: enum dv_device in machine/program.h, then the sites of results. */
function deviceWord(device: ProgramCall['device']): number {
	if (device === undefined) return 0;
	if (device === 'log') return 2;
	return device === null ? 1 : 3 + device;
}

/** The two words of a number of 64 bits, low word first. */
function words(value: number | string): [number, number] {
	const bytes = bytesNumber(value);
	return [Number(BigInt.asIntN(32, bytes)), Number(BigInt.asIntN(32, bytes >> 32n))];
}
