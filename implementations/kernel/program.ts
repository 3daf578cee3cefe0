// SPDX-License-Identifier: MIT
/** Writes a program as the lines that module/command.c reads. */
import type { Program, ProgramCall } from '../../schema/types/program';
import { bytesNumber, flagsNumber } from '../memory-failure';
import { resultNumber } from '../system/errno';

export function programLines({ holders, device, log, setup, threads }: Program): string[] {
	const callbacks = Object.entries(holders);
	return [
		'program',
		...callbacks.map(([name, holder]) => {
			if (holder === null) return `holder ${name} -`;
			return ['holder', name, resultNumber(holder.returns), ...(holder.lacks ?? [])].join(' ');
		}),
		`device ${state(device)}`,
		...(log ? [`log ${state(log)}`] : []),
		'setup',
		...setup.map(callLine),
		...callbacks.flatMap(([name, holder]) => [
			`callback ${name}`,
			...(holder?.calls ?? []).map(callLine),
		]),
		...threads.flatMap(({ name, calls }) => [`thread ${name}`, ...calls.map(callLine)]),
		'ready',
	];
}

const state = ({ alive, holder, ops, refs }: Program['device']): string =>
	`${alive ? 1 : 0} ${pointer(holder)} ${pointer(ops)} ${refs}`;

function callLine(made: ProgramCall): string {
	const { site, call, device, holder, ops, offset, length, flags, driver } = made;
	const given = device === undefined ? '=' : (device ?? '-');
	const range = `${bytesNumber(offset ?? 0)} ${bytesNumber(length ?? 4096)}`;
	const pointers = `${given} ${pointer(holder)} ${pointer(ops)}`;
	return `call ${site} ${call} ${pointers} ${range} ${flagsNumber(flags)} ${driver ?? '-'}`;
}

const pointer = (name: string | null | undefined): string => name ?? '-';
