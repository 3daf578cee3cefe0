// SPDX-License-Identifier: MIT
/** A guest that has booted is saved, and later guests resume from it; one that cannot be used costs a boot. */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import t, { type Test } from 'tap';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot, type Guest } from '../../implementations/kernel/guest';
import { buildModule } from '../../implementations/kernel/module';
import type { Monitor } from '../../implementations/kernel/monitor';
import { chooseAccelerator } from '../../implementations/kernel/qemu';
import { savedGuestAt, saveGuest, takeSavedGuest } from '../../implementations/kernel/saved-guest';
import { remote } from '../../implementations/kernel/ssh';
import { contentSums } from '../../implementations/system/content-sums';
import { needs } from '../needs';

const LIVE = needs('live kernel');

const FILES = ['host_key.pub', 'key', 'console', 'initramfs'];

/** Uses an empty cache during a test; gives it and the folder of a guest. */
function folders(t: Test) {
	const home = mkdtempSync(join(tmpdir(), 'dax-saved-'));
	const before = process.env.XDG_CACHE_HOME;
	process.env.XDG_CACHE_HOME = home;
	t.teardown(() => {
		if (before === undefined) delete process.env.XDG_CACHE_HOME;
		else process.env.XDG_CACHE_HOME = before;
		rmSync(home, { recursive: true });
	});
	const guest = join(home, 'guest');
	mkdirSync(guest);
	for (const name of FILES) writeFileSync(join(guest, name), `the ${name}`);
	return { cache: join(home, 'dax-vectors/kernel'), guest };
}

/** Imitates the monitor of a QEMU that writes a state; status: how that ends. Its guest runs after two polls. */
function monitorThat(writes: string, status = 'completed') {
	let polls = 0;
	const monitor = {
		continued: 0,
		async ask(name: string, args: { uri?: string } = {}) {
			if (name === 'cont') {
				monitor.continued++;
				if (polls++ === 0) throw new Error('Migration is not finalized yet');
			}
			if (name !== 'migrate' || args.uri === undefined) return;
			execFileSync('sh', ['-c', args.uri.replace(/^exec:/, '')], { input: writes });
		},
		status: async (query: string) =>
			query === 'query-migrate' ? status : polls < 2 ? 'finish-migrate' : 'running',
	};
	return monitor as typeof monitor & Monitor;
}

t.test('a saved guest is found by its inputs only', async (t) => {
	const { guest, cache } = folders(t);
	const entry = savedGuestAt(['kernel', 'options']);
	t.notOk(takeSavedGuest(entry, guest));
	const monitor = monitorThat('the state');
	await saveGuest(monitor, entry, guest);
	t.equal(monitor.continued, 2, 'it runs on, as soon as QEMU agrees');
	t.same(readdirSync(cache), [basename(entry)], 'no draft is left');
	t.same(readdirSync(entry).sort(), ['SHA256SUMS', ...FILES, 'state'].sort());
	for (const name of FILES) rmSync(join(guest, name));
	utimesSync(entry, 0, 0);
	t.ok(takeSavedGuest(savedGuestAt(['kernel', 'options']), guest));
	t.ok(statSync(entry).mtimeMs > 0, 'the time of use is kept');
	t.equal(readFileSync(join(guest, 'key'), 'utf8'), 'the key');
	t.notOk(takeSavedGuest(savedGuestAt(['kernel', 'other options']), guest));
	t.notOk(takeSavedGuest(savedGuestAt(['kerneloptions']), guest));
});

t.test('a damaged saved guest is removed', async (t) => {
	const { guest } = folders(t);
	const entry = savedGuestAt(['kernel']);
	const damages: Record<string, () => void> = {
		'another byte': () => writeFileSync(join(entry, 'state'), 'the stale'),
		'fewer bytes': () => truncateSync(join(entry, 'state'), 3),
		'no state': () => rmSync(join(entry, 'state')),
		'no checksums': () => rmSync(join(entry, 'SHA256SUMS')),
	};
	for (const [name, damage] of Object.entries(damages)) {
		await saveGuest(monitorThat('the state'), entry, guest);
		t.ok(takeSavedGuest(entry, guest), name);
		damage();
		t.notOk(takeSavedGuest(entry, guest), name);
		t.notOk(existsSync(entry), name);
	}
});

t.test('a guest that cannot be saved leaves nothing', async (t) => {
	const { guest, cache } = folders(t);
	const entry = savedGuestAt(['kernel']);
	const monitor = monitorThat('the st', 'failed');
	await saveGuest(monitor, entry, guest);
	t.same(readdirSync(cache), []);
	t.equal(monitor.continued, 2, 'but runs');
});

t.test('two that are saved at once become one', async (t) => {
	const { guest, cache } = folders(t);
	const entry = savedGuestAt(['kernel']);
	await Promise.all(['one', 'two'].map((state) => saveGuest(monitorThat(state), entry, guest)));
	t.ok(takeSavedGuest(entry, guest));
	t.same(readdirSync(cache), [basename(entry)]);
});

t.test('when saved guests exceed 2 GiB, those used longest ago are removed', async (t) => {
	const { guest } = folders(t);
	const save = async (name: string, megabytes: number, age: number) => {
		const entry = savedGuestAt([name]);
		await saveGuest(monitorThat('state'), entry, guest);
		truncateSync(join(entry, 'state'), megabytes << 20);
		utimesSync(entry, age, age);
		return entry;
	};
	const old = await save('old', 1000, 1000);
	const older = await save('older', 1000, 500);
	const large = await save('large', 100, 2000);
	t.ok(existsSync(older), 'the limit is not exceeded yet');
	await save('last', 1, 3000);
	t.notOk(existsSync(older));
	t.ok(existsSync(old) && existsSync(large));
});

/** Lines that a kernel logs when something is wrong. */
const TROUBLE = /stall|lockup|hung task|BUG|Oops|WARNING|unstable/;

t.test('later guests resume from the first, and differ from each other', LIVE, async (t) => {
	const kernel = debianKernel('6.12');
	const modules = [buildModule(kernel)];
	const { cache } = folders(t);
	const start = async (): Promise<Guest> => {
		const guest = await boot(kernel, { modules });
		t.teardown(() => guest.stop());
		return guest;
	};
	const ask = (guest: Guest, line: string) => remote(guest.destination, line);
	const resumed = async (guest: Guest) => /virtual machine fork/.test(await ask(guest, 'dmesg'));
	const entries = () => readdirSync(cache).filter((name) => name.startsWith('saved-guest-'));

	const first = await start();
	t.notOk(await resumed(first));
	t.match(await ask(first, 'ls /dev/dax-vectors'), /dax-vectors/, 'a saved guest runs on');
	await first.stop();
	const [entry = ''] = entries();
	if (chooseAccelerator(false).option === 'kvm') return t.equal(entry, '', 'not with KVM');

	const both = await Promise.all([start(), start()]);
	const ids = new Set<string>();
	for (const guest of both) {
		t.ok(await resumed(guest));
		t.match(await ask(guest, 'ls /dev/dax-vectors'), /dax-vectors/);
		const seconds = Number(await ask(guest, 'date +%s'));
		t.ok(Math.abs(seconds - Date.now() / 1000) < 60, 'the clock is right');
		t.notMatch(await ask(guest, 'dmesg'), TROUBLE);
		t.match(guest.lastLines(), ['dax-vectors: ready'], 'the console has what came before');
		ids.add(await ask(guest, 'cat /proc/sys/kernel/random/boot_id'));
		await guest.stop();
	}
	t.equal(ids.size, 2, 'random numbers differ');

	// A sound file that QEMU refuses.
	const folder = join(cache, entry);
	truncateSync(join(folder, 'state'), 50 << 20);
	writeFileSync(join(folder, 'SHA256SUMS'), contentSums(folder, 'SHA256SUMS'));
	const booted = await start();
	t.notOk(await resumed(booted));
	t.match(await ask(booted, 'ls /dev/dax-vectors'), /dax-vectors/);
	t.same(entries(), [], 'what does not resume is removed');
});
