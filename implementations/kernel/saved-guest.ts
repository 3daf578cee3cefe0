// SPDX-License-Identifier: MIT
/** Guests that were saved once they had booted: entries of the cache, which later guests resume from. */
import {
	copyFileSync,
	existsSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot, hashOf } from '../system/cache';
import { contentSums } from '../system/content-sums';
import { makeDraft } from '../system/drafts';
import type { Monitor } from './monitor';
import { ACCESS_FILES } from './ssh-access';

const PREFIX = 'saved-guest-';

/** Bytes of all saved guests: one has 110 to 190 MB. Those that were used longest ago are removed. */
const MAX_TOTAL_BYTES = 2 * 2 ** 30;

/** Milliseconds that saving may take: twenty times the time measured. */
const SAVE_LIMIT_MS = 20_000;

/** Milliseconds until a guest must run after it was saved, or when it resumes. */
const RUN_LIMIT_MS = 20_000;

const POLL_MS = 20;

/** Files of an entry: the state as QEMU writes it, and checksums of all others. */
const STATE = 'state';
const SUMS = 'SHA256SUMS';

/** Files that the folder of a guest and its entry have under the same names. */
export const INITRAMFS = 'initramfs';
export const CONSOLE = 'console';
const SHARED_FILES = [...ACCESS_FILES, CONSOLE];

/** The path of the entry for guests with these inputs, which need not exist. Throws Unavailable. */
export const savedGuestAt = (inputs: readonly (string | Buffer)[]): string =>
	join(cacheRoot('kernel'), PREFIX + hashOf(inputs));

/** Option of QEMU that resumes the guest of an entry. */
export const resumeOption = (entry: string): string[] => [
	'-incoming',
	`exec:cat <${shellWord(join(entry, STATE))}`,
];

/** Copies the files of an entry into the folder of a guest. Removes a damaged entry, and gives false then. */
export function takeSavedGuest(entry: string, folder: string): boolean {
	if (!existsSync(entry)) return false;
	try {
		if (readFileSync(join(entry, SUMS), 'utf8') !== contentSums(entry, SUMS))
			throw new Error('a checksum differs');
		copyFiles(SHARED_FILES, entry, folder);
		utimesSync(entry, new Date(), new Date());
		return true;
	} catch {
		removeSavedGuest(entry);
		return false;
	}
}

/** Removes an entry, unless the cache is write-protected: then nothing uses it either. */
export function removeSavedGuest(entry: string): void {
	try {
		rmSync(entry, { recursive: true, force: true });
	} catch {}
}

/**
 * Saves the guest whose files are in the folder, if that is possible. The entry is renamed to its path when it is
 * complete, and dropped if another process was first. Throws Error if the guest does not run on.
 */
export async function saveGuest(monitor: Monitor, entry: string, folder: string): Promise<void> {
	let draft: string | undefined;
	try {
		draft = makeDraft(dirname(entry));
		copyFiles([...SHARED_FILES, INITRAMFS], folder, draft);
		await saveState(monitor, join(draft, STATE));
		writeFileSync(join(draft, SUMS), contentSums(draft, SUMS));
		if (!existsSync(entry)) renameSync(draft, entry);
		removeOldest(dirname(entry));
	} catch {
		// Without the entry, the next guest boots as well.
	} finally {
		if (draft !== undefined) removeSavedGuest(draft);
	}
	await isRunning(monitor);
}

/** Resolves once the guest of a QEMU runs; a guest that was saved is let run. Throws Error where that fails. */
export async function isRunning(monitor: Monitor): Promise<void> {
	for (const limit = Date.now() + RUN_LIMIT_MS; ; await sleep(POLL_MS)) {
		const status = await monitor.status('query-status');
		if (status === 'running') return;
		// QEMU refuses as long as it has not finished saving.
		if (status !== 'inmigrate') await monitor.ask('cont').catch(() => {});
		if (Date.now() > limit) throw new Error(`QEMU does not run the guest: ${status}`);
	}
}

function copyFiles(names: readonly string[], from: string, to: string): void {
	for (const name of names) copyFileSync(join(from, name), join(to, name));
}

/** Writes the state of a running guest. QEMU stops the guest at the end. */
async function saveState(monitor: Monitor, path: string): Promise<void> {
	const partial = `${path}-partial`;
	await monitor.ask('migrate-set-parameters', { 'max-bandwidth': Number.MAX_SAFE_INTEGER });
	// QEMU has ended before cat has written all. cat fails when the disk is full.
	const line = `cat >${shellWord(partial)} && mv ${shellWord(partial)} ${shellWord(path)}`;
	await monitor.ask('migrate', { uri: `exec:${line}` });
	const limit = Date.now() + SAVE_LIMIT_MS;
	for (let status: string | undefined; ; await sleep(POLL_MS)) {
		if (status !== 'completed') status = await monitor.status('query-migrate');
		if (status === 'completed' && existsSync(path)) return;
		if (status !== 'failed' && Date.now() < limit) continue;
		await monitor.ask('migrate_cancel');
		throw new Error(`QEMU does not save the guest: ${status}`);
	}
}

function removeOldest(root: string): void {
	const entries = readdirSync(root)
		.filter((name) => name.startsWith(PREFIX))
		.map((name) => {
			const path = join(root, name);
			const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
			const bytes = statSync(join(path, STATE), { throwIfNoEntry: false })?.size ?? 0;
			return { path, used, bytes };
		});
	let total = 0;
	for (const { path, bytes } of entries.sort((a, b) => b.used - a.used)) {
		total += bytes;
		if (total > MAX_TOTAL_BYTES) removeSavedGuest(path);
	}
}

const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
