// SPDX-License-Identifier: MIT
/** Free-running tries count their outcomes, and leave the module able to follow schedules. */
import t from 'tap';
import { Channel } from '../../implementations/kernel/channel';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot } from '../../implementations/kernel/guest';
import { Machine } from '../../implementations/kernel/machine';
import { buildModule, moduleVersion } from '../../implementations/kernel/module';
import { programLines } from '../../implementations/kernel/program';
import { caseOf } from '../cases';
import { needs } from '../needs';
import { bootAlone } from './machines';

const LIVE = needs('live kernel');

t.test('counts many free-running tries between driven executions', LIVE, async (t) => {
	const guest = await bootAlone();
	t.teardown(() => guest.stop());
	const channel = new Channel(guest.destination);
	t.teardown(() => channel.close());
	const { program } = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	const ask = async (...lines: string[]) => (await channel.ask(lines, 1))[0]!;

	t.same(await ask('stress 10'), ['error there is nothing to try']);
	t.same(await ask(...programLines(program)), ['ready']);
	const driven = await ask('run 0 0 1');
	t.match(driven.at(-1), /^device 1 B - /, 'the race');

	// On a busy machine one thread may come first a thousand times in a row.
	let claimed = false;
	for (let round = 0; round < 100 && !claimed; round++) {
		const [tries, ...ends] = await ask('stress 2000');
		t.match(tries, /^stress 2000 [1-9]\d*$/);
		let counted = 0;
		for (const line of ends) {
			const [word, count, alive] = line.split(' ');
			t.match([word, alive], ['ended', '1'], line);
			counted += Number(count);
		}
		t.equal(counted, 2000, 'each is counted');
		claimed = ends.some((line) => / 1 B (B|-) \d+$/.test(line));
	}
	t.ok(claimed, 'threads do run: a claim comes after a release now and then');

	t.same(await ask('run 0 0 1'), driven, 'watched as before');
	t.match(await ask('stress 0'), ['error there is nothing to try']);
});

t.test('a machine whose breakpoints miss cmpxchg() is not-run', LIVE, async (t) => {
	const kernel = debianKernel('6.12');
	const modules = [buildModule(kernel)];
	const machine = new Machine(() => boot(kernel, { modules, parallel: true }), moduleVersion());
	await t.rejects(machine.begin(), { message: /breakpoints do not see cmpxchg\(\)/ });
});
