// SPDX-License-Identifier: MIT
/** put || get as asynchronous functions, for a scheduler that reorders them: every access waits for its turn. */

export interface Device {
	alive: boolean;
	holder: string | null;
	ops: string | null;
	refs: number;
}

export type Turn = () => Promise<void>;

/** fs_put_dax() by A, of v6.12-stable. */
async function put(dev: Device, turn: Turn): Promise<void> {
	await turn();
	const found = dev.holder === 'A';
	if (found) {
		dev.holder = null;
		await turn();
		dev.ops = null;
	}
	await turn();
	dev.refs--;
}

/** fs_dax_get_by_bdev() by B. No thread waits for its read section, but its begin and end are accesses too. */
async function get(dev: Device, turn: Turn): Promise<string | null> {
	let found: string | null = null;
	await turn();
	await turn();
	if (dev.alive) {
		await turn();
		dev.refs++;
		await turn();
		if (dev.holder === null) {
			dev.holder = 'B';
			await turn();
			dev.ops = 'B';
			found = 'ok';
		}
	}
	await turn();
	return found;
}

/** Runs both at once on a device that A holds; finish() runs the scheduler until both have ended. */
export async function putGet(turn: Turn, finish: () => Promise<void>): Promise<[Device, unknown]> {
	const dev: Device = { alive: true, holder: 'A', ops: 'A', refs: 2 };
	const both = Promise.all([put(dev, turn), get(dev, turn)]);
	await finish();
	const [, got] = await both;
	return [dev, got];
}
