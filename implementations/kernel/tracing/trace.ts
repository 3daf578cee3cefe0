// SPDX-License-Identifier: MIT
/** Traces a machine over SSH: starts the script there, parses what it sends, and ends it. */
import { createInterface } from 'node:readline';
import { notRun } from '../../unavailable';
import type { Observation, Watched } from '../../watcher';
import { type Destination, ssh } from '../ssh';
import { probeName, TraceParser } from './parse';
import { probes } from './probes';
import { SAYS, tracingScript } from './script';

/** Milliseconds that the script may take to begin, and to send the rest of the trace. */
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 60_000;

/** Module and prefix of a tree's own super.c that is traced instead of the kernel's. */
export interface SuperPrefix {
	readonly module: string;
	readonly prefix: string;
}

export interface Trace {
	readonly release: string;
	readonly missing: readonly string[];
	readonly readsFields: boolean;
	/** Resolves when the script has ended, asked to or not. */
	readonly ended: Promise<void>;
	count(): number;
	/** Ends the trace, and leaves it to stop() or to the end of the machine to remove the probes. */
	finish(): Promise<Watched>;
	stop(): Promise<Watched>;
}

/** Starts to trace. Throws Unavailable with the reason. */
export async function trace(to: Destination, own?: SuperPrefix): Promise<Trace> {
	// Ctrl-C reaches the whole process group: the trace has to outlive it.
	const child = ssh(to, tracingScript(probes(own)), { detached: true });
	const kill = () => void child.kill('SIGKILL');
	process.once('exit', kill);
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.on('error', () => {});
	const parser = new TraceParser(own?.prefix);
	const missing: string[] = [];
	const problems: string[] = [];
	let readsFields = false;
	const end = moment();
	const done = moment();
	const asked = new Set<string>();

	/** Asks for a probe of a callback that a claim names for the first time. */
	const attach = ({ values }: Observation) => {
		const name = probeName(values.callback ?? '');
		if (name === undefined || asked.has(name)) return;
		asked.add(name);
		child.stdin.write(`attach ${name}\n`);
	};

	const release = new Promise<string>((resolve, reject) => {
		const fail = (reason: string) => reject(notRun(`${to.host}: ${reason}`));
		const timer = setTimeout(() => fail('tracing does not begin'), START_LIMIT_MS);
		createInterface({ input: child.stdout.setEncoding('latin1') }).on('line', (line) => {
			const [word, ...rest] = line.split(' ');
			const text = rest.join(' ');
			if (word === SAYS.ready) resolve(text);
			else if (word === SAYS.refused) fail(text);
			else if (word === SAYS.missing) missing.push(text);
			else if (word === SAYS.fields) readsFields = true;
			else if (word === SAYS.lost) problems.push(`lost: ${text}`);
			else if (word === SAYS.done) done.reach();
			else {
				const observation = parser.add(line);
				if (observation?.kind === 'call') attach(observation);
				if (parser.isAtEnd) end.reach();
			}
		});
		child.once('error', (error) => fail(error.message));
		child.once('close', (code) => fail(stderr.trim() || `ssh exited with ${code}`));
		const clear = () => clearTimeout(timer);
		child.once('close', clear);
		child.stdout.once('data', clear);
	});
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	child.once('close', () => process.off('exit', kill));

	const finish = async (): Promise<Watched> => {
		const timer = setTimeout(kill, STOP_LIMIT_MS);
		child.stdin.write('end\n');
		await Promise.race([end.reached, ended]);
		child.stdin.end();
		await Promise.race([done.reached, ended]);
		clearTimeout(timer);
		if (!done.isReached() || !parser.isAtEnd)
			problems.push(`the connection was lost: ${stderr.trim() || 'ssh ended'}`);
		const lost = parser.lost.reduce((sum, count) => sum + count, 0);
		if (lost > 0) problems.push(`lost: ${lost} events before they were read`);
		for (const line of parser.unknown.slice(0, 1))
			problems.push(`unknown line in the trace: ${line}`);
		const observations = parser.observations.toSorted((a, b) => a.order - b.order);
		return { observations, problems };
	};
	const stop = async (): Promise<Watched> => {
		const watched = await finish();
		const timer = setTimeout(kill, STOP_LIMIT_MS);
		await ended;
		clearTimeout(timer);
		return watched;
	};

	try {
		const found = await release;
		return {
			release: found,
			missing,
			readsFields,
			ended,
			count: () => parser.observations.length,
			finish,
			stop,
		};
	} catch (error) {
		kill();
		throw error;
	}
}

/** Something that happens once. */
function moment() {
	let reach = (): void => {};
	let isReached = false;
	const reached = new Promise<void>((resolve) => {
		reach = () => {
			isReached = true;
			resolve();
		};
	});
	return { reached, reach, isReached: () => isReached };
}
