// SPDX-License-Identifier: MIT
/** A machine with the module loaded: started on first use, and again after the connection is lost. */
import type { Execution } from '../../schema/types/execution';
import type { Program } from '../../schema/types/program';
import { NoAnswer, type Schedule } from '../implementation';
import { Unavailable } from '../unavailable';
import { ConnectionLost } from './channel';
import type { Hello } from './hello';
import { type Host, openSession, type Session } from './session';

/** Retries after the connection to a running machine is lost. */
const RECONNECTIONS = 1;

/** Further guests for a program whose guest stops answering: the host may have given the emulator no time. */
const FURTHER_GUESTS = 1;

/** H: the host that start() gives. */
export class Machine<H extends Host = Host> {
	private session: Promise<Session<H>> | null = null;
	/** The last request: the module executes one program at a time. */
	private last: Promise<unknown> = Promise.resolve();
	/** Set once a running machine cannot be reached any more. */
	private gone: NoAnswer | null = null;

	/**
	 * start boots or connects; it receives the host whose connection was lost, if any. version is the version of the
	 * module that the machine must have.
	 */
	constructor(
		private readonly start: (lost?: H) => Promise<H>,
		private readonly version: string,
	) {}

	/** Starts the machine ahead of the first vector. Throws Unavailable. */
	async begin(): Promise<Hello> {
		this.session ??= openSession(this.start(), this.version);
		return (await this.session).hello;
	}

	/**
	 * Throws NoAnswer when the machine is lost: crash for a guest whose kernel has ended, or that stops answering twice for
	 * one program, and not-run for a running machine, whose network may be the cause. The next program starts another
	 * guest.
	 */
	execute(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		const answer = this.last.then(() => this.perform(program, schedules));
		this.last = answer.catch(() => {});
		return answer;
	}

	async stop(): Promise<void> {
		const session = await this.session?.catch(() => undefined);
		this.session = null;
		await session?.close();
	}

	private async perform(program: Program, schedules: readonly Schedule[]): Promise<Execution[]> {
		if (program.log === null)
			throw new NoAnswer('skip', 'the module makes its devices when it is loaded');
		for (let retries = 0; ; retries++) {
			const session = await this.open();
			try {
				return await session.execute(program, schedules);
			} catch (error) {
				if (!(error instanceof NoAnswer) || error.verdict !== 'crash') throw error;
				const lost = error instanceof ConnectionLost;
				if (!lost || !session.host.boot) {
					// open() ends the silent guest and starts another.
					if (lost && error.silent && retries < FURTHER_GUESTS) continue;
					throw await this.crashed(session, error);
				}
				await this.reconnect(session.host, error);
				if (retries === RECONNECTIONS)
					throw new NoAnswer(
						'not-run',
						`${error.message}, and once more after a new connection: try again`,
					);
			}
		}
	}

	/** The session, opened if there is none. A guest that was lost between two programs is started again. */
	private async open(): Promise<Session<H>> {
		if (this.gone) throw this.gone;
		const known = await this.session?.catch(() => undefined);
		const lost = known?.channel.error;
		if (known && lost)
			if (known.host.boot) await this.reconnect(known.host, lost);
			else await this.stop();
		this.session ??= openSession(this.start(), this.version);
		try {
			return await this.session;
		} catch (error) {
			this.session = null;
			if (!(error instanceof Unavailable)) throw error;
			throw new NoAnswer(error.obstacle.verdict, error.message);
		}
	}

	private async crashed({ host }: Session<H>, error: NoAnswer): Promise<NoAnswer> {
		const lines = host.lastLines();
		const heading = error instanceof ConnectionLost ? `${error.message}; console:` : error.message;
		const text = [heading, ...lines].join('\n');
		await this.stop();
		return new NoAnswer('crash', text);
	}

	/** Connects to a running machine again. Throws NoAnswer when that fails, or when the machine has restarted. */
	private async reconnect(lost: H, { message }: NoAnswer): Promise<void> {
		await this.stop();
		this.session = openSession(this.start(lost), this.version);
		const session = await this.session.catch((error: Error) => {
			this.session = null;
			const reason = `${message}; reconnecting failed: ${error.message}`;
			this.gone = new NoAnswer('not-run', reason);
			throw this.gone;
		});
		if (session.host.boot !== lost.boot)
			throw new NoAnswer(
				'not-run',
				`${message}: the machine has restarted, by a reset or a crash: see its console or pstore`,
			);
	}
}
