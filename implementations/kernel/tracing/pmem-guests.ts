// SPDX-License-Identifier: MIT
/** Guests for scenarios, one after the other: a guest serves several as long as they leave it in order. */
import { skip } from '../../unavailable';
import { kernelAt, type Named } from '../address';
import { requireTools } from '../tools';
import { bootPmemGuest, type PmemGuest, type PROGRAMS } from './pmem-guest';

/** Modules and programs of a scenario. */
export interface Needs {
	/** Modules without which it does not apply. */
	readonly modules: readonly string[];
	/** Programs of this system without which it is not run. */
	readonly programs: readonly (typeof PROGRAMS)[number][];
}

export class PmemGuests {
	private readonly named: Named;
	private guest: PmemGuest | undefined;

	/** rest: see address.ts. all: needs of all scenarios to come. Throws Unavailable. */
	constructor(
		rest: string | undefined,
		private readonly all: readonly Needs[],
	) {
		this.named = kernelAt(rest, true);
	}

	/** A guest for a scenario, alone there until it calls used(). Throws Unavailable. */
	async with({ modules, programs }: Needs): Promise<PmemGuest> {
		const { kernel } = this.named;
		const lacks = modules.filter((name) => kernel.find(name) === undefined);
		if (lacks.length > 0) throw skip(`${kernel.release} has no ${lacks.join(', ')}`);
		requireTools(programs);
		this.guest ??= await bootPmemGuest(
			this.named,
			this.all.flatMap((needs) => needs.modules),
		);
		return this.guest;
	}

	/** Gives a guest back. isOrderly: all steps of the scenario ended. */
	async used(isOrderly: boolean): Promise<void> {
		if (!(isOrderly && (await this.guest?.reset()))) await this.stop();
	}

	async stop(): Promise<void> {
		await this.guest?.stop();
		this.guest = undefined;
	}
}
