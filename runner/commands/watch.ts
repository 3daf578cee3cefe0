// SPDX-License-Identifier: MIT
import type { Watcher } from '../../implementations/watcher';
import { Unavailable } from '../registry';
import { watchGuest, watchHost } from '../registry/guests';
import { CANNOT_TEST } from '../report/exit-codes';
import { jsonLine } from '../report/json';
import type { Terminal } from '../text/terminal';
import { headerOf, recordsOf } from '../watch/records';
import { printFinding, printFooter, printHeader } from '../watch/text';
import { command } from './command';
import { option, UsageError } from './option';

const REPORTERS = ['text', 'json'] as const;

export const watch = command({
	summary: 'watch the callers of a running kernel, and report who broke the contract',
	usage: 'ssh://root@HOST | kernel[:7.3|:BUILD|:super=LINUX] [-- COMMAND...]',
	about: [
		'Traces the dax calls of a kernel with kprobe events of its tracefs, while a command runs there or until Ctrl-C,',
		'and judges them: a release by another than the holder, a second one, one after a claim that failed; a callback',
		'that runs after a release; a holder that is not notified of a removal; a device freed alive; WARNs. Prints findings,',
		'then what was exercised. The machine needs no module and no compiler, and nothing is left in its tracefs.',
		'',
		'kernel boots a guest with emulated persistent memory (/dev/pmem0), runs the command there and ends.',
		'Exits 1 with findings, 125 when the trace is incomplete or no call was seen.',
	].join('\n'),
	options: { reporter: option.oneOf(REPORTERS, { about: 'format of the output' }) },
	examples: [
		['dax-vectors watch ssh://root@pmem-box', 'until Ctrl-C'],
		["dax-vectors watch ssh://root@pmem-box -- './check -g dax'", 'while xfstests run'],
		[
			"dax-vectors watch kernel:7.3 -- 'mkfs.xfs /dev/pmem0; mount -o dax /dev/pmem0 /mnt'",
			"in Debian's kernel under QEMU",
		],
	],

	async run([address, ...words], { reporter = 'text' }, terminal) {
		if (address === undefined) throw new UsageError('watch takes ssh://root@HOST or kernel');
		const line = words.length === 0 ? null : words.join(' ');
		const interrupted = line === null ? interruption() : undefined;
		try {
			const watcher = await open(address, line);
			const header = headerOf(watcher, { address, command: line });
			if (reporter === 'json') terminal.out(jsonLine(header));
			else printHeader(header, terminal);
			terminal.progress.follow(() => `${watcher.count()} events`);
			const commandExit =
				line === null
					? await Promise.race([interrupted, watcher.ended])
					: await watcher.run(line, (text) => void process.stderr.write(text));
			const watched = await watcher.stop();
			terminal.progress.stop();
			const { findings, footer } = recordsOf(watched, watcher.readsFields, commandExit ?? null);
			report(reporter, [...findings], footer, terminal);
			return footer.exit;
		} catch (thrown) {
			if (!(thrown instanceof Unavailable)) throw thrown;
			terminal.error(`NOT-RUN  ${thrown.obstacle.reason}`);
			return CANNOT_TEST;
		}
	},
});

async function open(address: string, line: string | null): Promise<Watcher> {
	const [kind, rest] = address.split(/:(.*)/s);
	if (kind === 'kernel') {
		if (line === null)
			throw new UsageError('a guest needs a command: dax-vectors watch kernel -- COMMAND');
		return watchGuest(rest);
	}
	const watcher = await watchHost(address);
	if (!watcher)
		throw new UsageError(`watch takes ssh://root@HOST, kernel or kernel:NAME, not "${address}"`);
	return watcher;
}

/** Resolves at the first Ctrl-C or SIGTERM; the second one ends the process. */
const interruption = (): Promise<void> =>
	new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
	});

type Records = ReturnType<typeof recordsOf>;

function report(
	reporter: (typeof REPORTERS)[number],
	findings: Records['findings'],
	footer: Records['footer'],
	terminal: Terminal,
): void {
	if (reporter === 'json') for (const each of [...findings, footer]) terminal.out(jsonLine(each));
	else {
		for (const finding of findings) printFinding(finding, terminal);
		printFooter(footer, terminal);
	}
}
