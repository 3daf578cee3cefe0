// SPDX-License-Identifier: MIT
/** Recorded and written observations become findings, and what was exercised. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import t from 'tap';
import type { Observation, Watched } from '../../implementations/watcher';
import { openOwnLibrary } from '../../runner/commands/vector-words';
import { callerRules } from '../../runner/history/callers';
import { oracles } from '../../runner/history/oracles';
import { packageRoot } from '../../runner/text/package-root';
import { devicesOf } from '../../runner/watch/devices';
import { judge, UNSEEN } from '../../runner/watch/judge';
import { recordsOf } from '../../runner/watch/records';
import { situations } from '../../runner/watch/situations';
import { BROKEN } from './broken-rules';
import { recorded } from './recorded';

const rulesIn = ({ observations }: Watched): string[] =>
	judge(devicesOf(observations).devices).map(({ oracle }) => oracle.name);

t.test('callers that break a rule on purpose are found, once each', async (t) => {
	t.same(rulesIn(recorded('callers-6.12.txt')), BROKEN);
});

t.test('a removal under a mounted xfs is clean, and is what was exercised', async (t) => {
	const { findings, footer } = recordsOf(recorded('removal-6.12.txt'), true, 0);
	t.same(findings, []);
	t.match(footer, { exit: 0, problems: [], held: [] });
	const names = footer.situations.map(({ name }) => name);
	for (const name of ['a removal under a holder', 'a release after a removal'])
		t.ok(names.includes(name), name);
});

t.test('records follow their schema', async (t) => {
	const ajv = new Ajv({ strict: false });
	for (const name of ['common', 'execution', 'program', 'vector', 'report'])
		ajv.addSchema(
			JSON.parse(readFileSync(join(packageRoot, `schema/${name}.schema.json`), 'utf8')),
		);
	const file = join(packageRoot, 'schema/watch.schema.json');
	const isValid = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
	const { findings, footer } = recordsOf(recorded('callers-6.12.txt'), true, null);
	t.equal(findings.length, 7);
	for (const record of [...findings, footer]) t.ok(isValid(record), JSON.stringify(isValid.errors));
	t.notOk(isValid({ ...footer, exit: 'no' }), 'the schema refuses a wrong footer');
});

t.test('every rule names vectors that exist', async (t) => {
	const { cases } = await openOwnLibrary({ error: (line) => t.fail(line) });
	const known = new Set(cases.map(({ vector }) => vector.id));
	for (const { name, vectors } of [...oracles, ...callerRules, ...situations])
		for (const id of vectors) t.ok(known.has(id), `${name}: ${id}`);
	for (const name of Object.keys(UNSEEN))
		t.ok(
			oracles.some((each) => each.name === name),
			name,
		);
});

const DEVICE = '0x10';

/** Writes observations of one task, in order. */
class Script {
	readonly observations: Observation[] = [];

	call(name: string, values: Record<string, string> = {}, task = 1): this {
		return this.add('call', name, { device: DEVICE, ...values }, task);
	}

	back(name: string, values: Record<string, string> = {}, task = 1): this {
		return this.add('return', name, values, task);
	}

	/** A call that returns at once. */
	both(name: string, values: Record<string, string> = {}, results: Record<string, string> = {}) {
		return this.call(name, values).back(name, results);
	}

	claim(holder: string, device = DEVICE): this {
		const values = { bdev: '0x40', holder, ops: '0x50', callback: 'cb+0x0/0x10' };
		this.add('call', 'fs_dax_get_by_bdev', values, 1);
		return this.back('fs_dax_get_by_bdev', { device });
	}

	release = (holder: string): this => this.both('fs_put_dax', { holder });

	/** Fields that the last observation read: the holder and its operations. */
	read(holder: bigint, ops: bigint): this {
		const last = this.observations.pop();
		if (last) this.observations.push({ ...last, fields: { holder, ops, alive: true } });
		return this;
	}

	add(kind: Observation['kind'], name: string, values: Record<string, string> = {}, task = 1) {
		const order = this.observations.length;
		this.observations.push({ kind, order, task, name, values, command: 'sh', stack: [] });
		return this;
	}

	rules = (): string[] => rulesIn({ observations: this.observations, problems: [] });
}

t.test('memory of a holder that released may be the next holder', async (t) => {
	t.same(new Script().claim('0x1').release('0x1').claim('0x1').release('0x1').rules(), []);
});

t.test('fields name the holder that has the memory at that moment', async (t) => {
	const script = new Script();
	for (let round = 0; round < 2; round++)
		script.claim('0x1').read(0x1n, 0x50n).release('0x1').read(0n, 0n);
	t.same(script.rules(), []);
	t.same(new Script().claim('0x1').read(0n, 0n).rules(), ['lost-claim', 'lost-claim']);
});

t.test('a release before any claim is that of a holder from before the watch', async (t) => {
	t.same(new Script().release('0x1').claim('0x2').release('0x2').rules(), []);
	t.same(new Script().release('0x1').release('0x1').rules(), ['release-twice']);
});

t.test('a release without a device or without a holder breaks no rule', async (t) => {
	const script = new Script().both('fs_put_dax', { device: '0x0', holder: '0x1' });
	t.same(script.both('fs_put_dax', { holder: '0x0' }).rules(), []);
});

/** A removal of a claimed device; attached: when its callback is traced. */
function removed(attached: boolean, notified: boolean): Script {
	const script = new Script();
	if (attached) script.add('attached', 'cb');
	script.claim('0x1').call('kill_dax').call('dax_holder_notify_failure');
	if (notified)
		script
			.add('callback', 'cb', { device: DEVICE, length: '18446744073709551615', flags: '0x80' })
			.back('cb', { result: '0' });
	return script.back('dax_holder_notify_failure', { result: '0' }).back('kill_dax');
}

t.test('a removal without a callback is found where callbacks are traced only', async (t) => {
	t.same(removed(true, true).rules(), []);
	t.same(removed(true, false).rules(), ['removal-not-notified']);
	t.same(removed(false, false).rules(), []);
	const { observations } = removed(false, false);
	const { footer } = recordsOf({ observations, problems: [] }, false, 0);
	t.match(
		footer.unseen.join('\n'),
		/whether A of dax_device 1 was notified: cb\(\) was traced too late/,
	);
	t.match(footer.unseen.join('\n'), /the fields of devices/);
	t.match(footer.held, [{ holder: 'A', by: 'sh[1]' }]);
});

t.test('a claim that failed belongs to the device of its disk, else of its release', async (t) => {
	const refused = { bdev: '0x40', holder: '0x2', ops: '0x50', callback: 'cb+0x0/0x10' };
	const script = new Script().claim('0x1').add('call', 'fs_dax_get_by_bdev', refused);
	script.back('fs_dax_get_by_bdev', { device: '0x0' });
	t.same(script.release('0x2').rules(), ['release-of-refused-claim']);
	const other = new Script().add('call', 'fs_dax_get_by_bdev', { ...refused, bdev: '0x41' });
	other.back('fs_dax_get_by_bdev', { device: '0x0' }).claim('0x1');
	t.same(other.release('0x2').rules(), ['release-of-refused-claim']);
});

t.test('a long watch is judged in seconds', async (t) => {
	const script = new Script();
	for (let round = 0; round < 2_000; round++) script.claim('0x1').release('0x1');
	const start = process.cpuUsage();
	t.same(script.rules(), []);
	const { user } = process.cpuUsage(start);
	t.ok(user < 20_000_000, `${user} us`);
});

t.test('a WARN inside a call is found, another one is not', async (t) => {
	const script = removed(true, true).call('fs_put_dax', { holder: '0x1' });
	t.same(script.add('warning', 'fs_put_dax').back('fs_put_dax').rules(), ['warning']);
	t.same(removed(true, true).add('warning', 'elsewhere').rules(), []);
});

t.test('without a call, and with lost events, nothing is called clean', async (t) => {
	t.match(recordsOf({ observations: [], problems: [] }, true, 0).footer, { exit: 125 });
	const { observations } = new Script().claim('0x1').release('0x1');
	t.match(recordsOf({ observations, problems: [] }, true, 0).footer, { exit: 0 });
	t.match(recordsOf({ observations, problems: ['lost: 3'] }, true, 0).footer, { exit: 125 });
	const { observations: bad } = new Script().release('0x1').release('0x1');
	t.match(recordsOf({ observations: bad, problems: ['lost: 3'] }, true, 0).footer, { exit: 1 });
});
