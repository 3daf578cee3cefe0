// SPDX-License-Identifier: MIT
/** Compares how often driven executions and free-running stress hit the put/get race in a live kernel. */
import { Channel } from '../../implementations/kernel/channel';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot } from '../../implementations/kernel/guest';
import { buildModule } from '../../implementations/kernel/module';
import { programLines } from '../../implementations/kernel/program';
import { readSuperTree } from '../../implementations/kernel/super';
import { debianTree } from '../native/debian';
import { caseOf, PUT_GET } from './problems';
import { figure, milliseconds, type Section, whole } from './section';

/** Tries of a stress request; rounds in which stress and driven executions take turns; driven executions of a round. */
const TRIES = 200_000;
const ROUNDS = 10;
const DRIVEN = 100;

/** True for a line with holder B and no operations: the release cleared those of the new holder. */
const isHit = (line: string): boolean => / B - \d+$/.test(line);

interface GuestKernel {
	readonly name: string;
	/** The tree whose super.c is built into the module. */
	readonly tree?: string;
}

export async function kernel(): Promise<Section> {
	const wrong: string[] = [];
	const rows: string[][] = [];
	for (const where of [{ name: 'stock 6.12' }, { name: 'its super.c', tree: debianTree('6.12') }])
		rows.push(...(await measure(where, wrong)));
	return {
		title: 'kernel: driven, and by chance',
		notes: [
			'put||get of DAXV-0001 in a guest. driven: one schedule, which returns its execution. by chance: both threads start at the',
			'same time without a schedule, and only the end state is read. They take turns in one guest, whose emulated processors share',
			'one thread of the host; the guest "parallel" has a thread for each processor, and supports no driving. If chance hits nothing',
			'in N tries, its probability is below 3/N (95 %), and the rest of the row is computed from that bound.',
		],
		header: [
			'kernel',
			'how',
			'tries',
			'hits',
			'probability',
			'us a try',
			'ms to a hit',
			'times driven',
		],
		rows,
		wrong,
	};
}

interface Tally {
	tries: number;
	hits: number;
	milliseconds: number;
}

async function measure({ name, tree }: GuestKernel, wrong: string[]): Promise<string[][]> {
	const shared = await inGuest(tree, false, wrong);
	const parallel = await inGuest(tree, true, wrong);
	const one = shared.driven.milliseconds / shared.driven.tries;
	return [
		row(name, 'driven', shared.driven, one),
		row(name, 'by chance', shared.chance, one),
		row(name, 'by chance, parallel', parallel.chance, one),
	];
}

async function inGuest(tree: string | undefined, parallel: boolean, wrong: string[]) {
	const { program } = await caseOf(PUT_GET);
	const kernel = debianKernel('6.12');
	const module = buildModule(kernel, tree === undefined ? undefined : readSuperTree(tree));
	const guest = await boot(kernel, { modules: [module], parallel });
	const channel = new Channel(guest.destination);
	const chance: Tally = { tries: 0, hits: 0, milliseconds: 0 };
	const driven: Tally = { tries: 0, hits: 0, milliseconds: 0 };
	try {
		await channel.ask(programLines(program), 1);
		for (let round = 0; round < ROUNDS; round++) {
			const [answer] = await channel.ask([`stress ${TRIES}`], 1);
			takeStress(answer!, chance);
			if (parallel) continue;
			// Runs the releasing thread up to its cmpxchg, then the other thread to its end.
			const lines = Array.from({ length: DRIVEN }, () => 'run 0 0 1');
			driven.milliseconds += await milliseconds(async () => {
				for (const execution of await channel.ask(lines, DRIVEN)) {
					driven.tries++;
					if (execution.some((line) => line.startsWith('device ') && isHit(line))) driven.hits++;
				}
			});
		}
	} finally {
		channel.close();
		await guest.stop();
	}
	if (driven.hits < driven.tries)
		wrong.push(`${driven.hits} of ${driven.tries} driven executions hit the race`);
	return { chance, driven };
}

/** Adds the lines of module/report.c to a tally. */
function takeStress(answer: readonly string[], tally: Tally): void {
	for (const line of answer) {
		const words = line.split(' ');
		if (words[0] === 'stress') {
			tally.tries += Number(words[1]);
			tally.milliseconds += Number(words[2]) / 1e6;
		} else if (words[0] === 'ended') {
			if (isHit(line)) tally.hits += Number(words[1]);
		} else if (line !== 'end') throw new Error(`unexpected line of the module: "${line}"`);
	}
}

function row(name: string, how: string, { tries, hits, milliseconds }: Tally, one: number) {
	const limit = hits === 0 ? '<' : '';
	const probability = (hits || 3) / tries;
	const each = milliseconds / tries;
	const reached = each / probability;
	return [
		...[name, how, whole(tries), whole(hits), `${limit}${probability.toPrecision(2)}`],
		...[figure(each * 1000), `${hits === 0 ? '>' : ''}${figure(reached)}`],
		`${hits === 0 ? '>' : ''}${figure(reached / one)}`,
	];
}
