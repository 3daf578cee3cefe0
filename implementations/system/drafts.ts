// SPDX-License-Identifier: MIT
/** Draft folders of cache entries. Their names tell whether the process that fills them still lives. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder';

const PREFIX = 'draft-';

/** Age at which a draft of another machine, container or boot counts as abandoned. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** Makes an empty draft folder of this process. */
export function makeDraft(root: string): string {
	makeFolder(root, 0o700);
	return mkdtempSync(join(root, `${PREFIX}${processSpace()}-${process.pid}-`));
}

/** Removes the drafts that killed processes left. */
export function removeStaleDrafts(root: string): void {
	for (const name of draftsIn(root))
		if (isStale(root, name)) rmSync(join(root, name), { recursive: true, force: true });
}

function draftsIn(root: string): string[] {
	try {
		return readdirSync(root).filter((name) => name.startsWith(PREFIX));
	} catch {
		return [];
	}
}

function isStale(root: string, name: string): boolean {
	const [, space, pid] = /^draft-([0-9a-f]{8})-(\d+)-/.exec(name) ?? [];
	if (space === processSpace()) return !isAlive(Number(pid));
	const made = statSync(join(root, name), { throwIfNoEntry: false })?.mtimeMs;
	return made !== undefined && Date.now() - made > ABANDONED_MS;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

let space: string | undefined;

/** Eight digits for the machine, boot and container in which numbers of processes are comparable. */
function processSpace(): string {
	space ??= createHash('sha256').update(spaceText()).digest('hex').slice(0, 8);
	return space;
}

function spaceText(): string {
	try {
		return (
			readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid')
		);
	} catch {
		return hostname();
	}
}
