// SPDX-License-Identifier: MIT
import t from 'tap';
import { DataRaces, dataRaces } from '../../runner/explore/data-races';
import type { Case } from '../../runner/library/compile';
import { sidesText } from '../../runner/text/racing-accesses';
import type { DataRace } from '../../schema/types/report';
import { caseOf, decideOn, reference, small } from '../cases';
import { enumerate } from './enumerate';

const text = (race: DataRace): string => `${race.object}: ${sidesText(race)}`;
const racesOn = async (test: Case, name: string): Promise<string[]> =>
	(await decideOn(test, name)).races.map(text);

t.test('finds the races of a release with a claim and with a notification', async (t) => {
	const claim = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	t.strictSame(await racesOn(claim, 'v6.12-stable'), [
		'holder_ops: fs_dax_get_by_bdev() writes plainly, fs_put_dax() writes plainly',
	]);
	t.strictSame(await racesOn(claim, 'merged'), [], 'the cmpxchg orders the stores');

	const failure = await caseOf('DAXV-0031');
	t.strictSame(await racesOn(failure, 'v6.0'), [
		'holder_ops: fs_put_dax() writes plainly, dax_holder_notify_failure() reads plainly',
	]);
	t.strictSame(await racesOn(failure, 'v6.12-stable'), [
		'holder_ops: fs_put_dax() writes plainly, dax_holder_notify_failure() reads marked',
	]);
	t.strictSame(await racesOn(failure, 'v4'), [
		'holder_ops: dax_holder_notify_failure() reads plainly, fs_put_dax() writes marked',
	]);
	t.strictSame(await racesOn(failure, 'merged'), [], 'both are marked');
});

t.test('finds every race of a removal, a release and a claim, plain side first', async (t) => {
	const { races } = await decideOn(await caseOf('DAXV-0021'), 'merged');
	const kill = (op: string) => ({ function: 'kill_dax', op, marked: false });
	const put = (op: string) => ({ function: 'fs_put_dax', op, marked: true });
	t.strictSame(races as unknown, [
		{ object: 'holder_data', first: kill('write'), second: put('rmw') },
		{ object: 'holder_data', first: kill('read'), second: put('rmw') },
		{ object: 'holder_ops', first: kill('write'), second: put('write') },
	]);
});

t.test('finds no race that a grace period orders', async (t) => {
	const removal = await caseOf('DAXV-0027');
	const cleared = 'holder_ops: kill_dax() writes plainly, dax_holder_notify_failure() reads marked';
	t.strictSame(await racesOn(removal, 'merged'), []);
	for (const mutant of ['kill-missing-synchronize', 'kill-cleared-before-grace'])
		t.strictSame(await racesOn(removal, mutant), [cleared], mutant);
});

t.test('finds no race in a sequence or between two reads', async (t) => {
	const sequence = `
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads:
  one: [{call: dax_holder}, {call: fs_put_dax, holder: A}, {call: dax_holder}]
outcomes: {any: {device: {alive: true}}}
`;
	t.strictSame(await racesOn(small(sequence), 'v6.0'), []);
	const readers = sequence.replace(
		'{call: dax_holder}]',
		'{call: dax_holder}]\n  two: [{call: dax_holder}]',
	);
	const other = readers.replace('{call: fs_put_dax, holder: A}, ', '');
	t.strictSame(await racesOn(small(other), 'v6.0'), []);
	t.strictSame(await racesOn(small(readers), 'v6.0'), [
		'holder_data: dax_holder() reads plainly, fs_put_dax() updates marked',
	]);
	const stranger = readers.replace(/fs_put_dax, holder: A/, 'fs_put_dax, holder: B');
	const kept = small(stranger.replace('{A: {}}', '{A: {}, B: {}}'));
	t.strictSame(await racesOn(kept, 'v6.0'), [], 'a cmpxchg that changes nothing only reads');
});

t.test('takes neither the free of the device nor the moment of a rule for an access', async (t) => {
	const drops = `
holders: {}
device: {alive: false, holder: null, ops: null}
threads:
  driver: [{call: put_dax}]
  asks: [{call: dax_holder}]
outcomes: {any: {device: {alive: false}}}
`;
	t.strictSame(
		await racesOn(small(drops), 'merged'),
		[],
		'a use after free is a fault, no data race',
	);
	const looks = `
holders: {A: {}}
device: {alive: true, holder: A, ops: A}
threads:
  removal: [{call: kill_dax}]
  asks: [{call: run_dax, as: ran}]
outcomes: {any: {device: {holder: null}}}
rules: {looks: {after: {ran: {holder: [A, null]}}}}
`;
	t.strictSame(await racesOn(small(looks), 'merged'), []);
});

t.test('distinguishes pairs by source line, and prints the line with its side', async (t) => {
	const { program } = await caseOf('DAXV-0031');
	const [execution] = await reference('v6.0').execute(program, [[]]);
	if (!execution) return t.fail('no execution');
	const found = new DataRaces();
	for (const line of [248, 119, 248]) {
		const events = execution.events.map((event) => ({
			...event,
			...(event.op === 'read' && { source: `drivers/dax/super.c:${line}` }),
		}));
		const { traces } = enumerate('naive', () => ({ ...execution, events }), 1);
		for (const trace of traces.values()) found.add(dataRaces(trace));
	}
	t.strictSame(found.list().map(text), [
		'holder_ops: fs_put_dax() writes plainly, dax_holder_notify_failure() reads plainly (super.c:119)',
		'holder_ops: fs_put_dax() writes plainly, dax_holder_notify_failure() reads plainly (super.c:248)',
	]);
});
