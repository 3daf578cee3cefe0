// SPDX-License-Identifier: MIT
/** Measures the exploration of a program of four threads: kill || put(A) || get_by_bdev(B);put(B) || notify. */
import { Dependence } from '../../runner/explore/dependence';
import { explore } from '../../runner/explore/explore';
import type { Program, ProgramCall } from '../../schema/types/program';
import { debianTree } from '../native/debian';
import { implementationOf, OLD, options } from './problems';
import { below, figure, type Section, sideBySide, whole } from './section';

const TARGET_MS = 50;
const WARM_UP_ROUNDS = 5;
const SAMPLES = 15;

const call = (site: number, name: ProgramCall['call'], holder?: string): ProgramCall => ({
	site,
	call: name,
	holder: holder ?? null,
	ops: holder ?? null,
});

const program: Program = {
	id: 'four-threads',
	holders: { A: { returns: 'ok', calls: [] }, B: { returns: 'ok', calls: [] } },
	device: { alive: true, holder: 'A', ops: 'A', refs: 2 },
	setup: [],
	threads: [
		{ name: 'kill', calls: [call(0, 'kill_dax')] },
		{ name: 'put', calls: [call(1, 'fs_put_dax', 'A')] },
		{
			name: 'get',
			calls: [call(2, 'fs_dax_get_by_bdev', 'B'), call(3, 'fs_put_dax', 'B')],
		},
		{ name: 'notify', calls: [call(4, 'dax_holder_notify_failure')] },
	],
};

export async function fourThreads(): Promise<Section> {
	const model = implementationOf(OLD);
	const real = implementationOf(`native:${debianTree('6.12')}`);
	const found = new Map<string, { traces: number; executions: number }>();
	const search = async (name: 'model' | 'real') => {
		const implementation = name === 'model' ? model : real;
		const dependence = new Dependence();
		const exploration = { implementation, program, dependence, options, visit: () => {} };
		found.set(name, await explore(exploration));
	};
	const contestants = { model: () => search('model'), real: () => search('real') };
	await sideBySide(contestants, WARM_UP_ROUNDS);
	const times = await sideBySide(contestants, SAMPLES);
	await real.close?.();
	const counts = (name: string) => found.get(name) ?? { traces: 0, executions: 0 };
	const row = (name: 'model' | 'real', on: string): string[] => {
		const { traces, executions } = counts(name);
		const time = times[name];
		return [on, whole(traces), whole(executions), figure(time), ...below(TARGET_MS, time, 'ms')];
	};
	return {
		title: 'four-threads: kill || put(A) || get_by_bdev(B);put(B) || notify',
		notes: [
			`Explored, not judged. Warm, in turns, median of ${SAMPLES}. Every trace of the real file is executed twice.`,
		],
		header: ['on', 'traces', 'executions', 'ms', 'target', ''],
		rows: [row('model', OLD), row('real', "Debian's 6.12")],
		wrong: counts('model').traces === counts('real').traces ? [] : ['the traces differ'],
	};
}
