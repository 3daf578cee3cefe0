// SPDX-License-Identifier: MIT
import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Implementation } from '../../implementations/implementation';
import { makeFolder } from '../../implementations/system/make-folder';
import { vectorText } from '../authoring/try/write';
import { defaults } from '../decide/defaults';
import { diagram } from '../diagram/columns';
import { executor } from '../explore/execute';
import { coveredBy } from '../hunt/covered-by';
import { draft } from '../hunt/draft';
import { type Finding, type Hunted, hunt as startHunt } from '../hunt/hunt';
import { compileScenario } from '../hunt/scenario';
import { freeIds } from '../library/free-ids';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { packageRoot } from '../text/package-root';
import type { Terminal } from '../text/terminal';
import { command, implementation as implementationOption, unconfined } from './command';
import { defaultAddress } from './kernel-tree';
import { openOne } from './open';
import { option, UsageError } from './option';
import { openOwnLibrary } from './vector-words';

/** Executions that one program may take. */
const MAX_EXECUTIONS = 20_000;
/** Duration of a hunt without --seconds and --programs. */
const DEFAULT_SECONDS = 15;
const DEFAULT_SEED = 1;

const EXPLORE = { ...defaults, budget: MAX_EXECUTIONS };

export const hunt = command({
	summary: 'look for bugs that no vector states',
	usage: '[-i ADDRESS] [--seconds N | --programs N] [--out DIR]',
	about: [
		'Generates programs of callers that follow the rules (each holder releases what it claimed, once; one driver',
		'removes and revives), and checks every execution against invariants: no WARN, no fault, no lost claim, every',
		'holder notified of removal, no callback after a release, no reference leaked. Explores small programs in every',
		'interleaving, larger ones with few preemptions. Each finding is minimal and reported once.',
		'',
		'Lists the vectors that fail for the same reason. With --out a finding without such a vector becomes a draft: a',
		'vector with status open that fails on this implementation. Equal --seed and --programs give equal findings.',
		'Exits 1 when there is a finding, known or not.',
	].join('\n'),
	options: {
		implementation: implementationOption(
			'where to hunt (default: the kernel tree around you, else reference)',
		),
		unconfined,
		seconds: option.count({
			least: 1,
			about: `stop after N seconds (default: ${DEFAULT_SECONDS})`,
		}),
		programs: option.count({ least: 1, about: 'stop after N programs, without a time limit' }),
		seed: option.count({
			least: 0,
			about: `another selection of the larger programs (default: ${DEFAULT_SEED})`,
		}),
		out: option.text({ value: 'DIR', about: 'write a draft of each new finding to DIR' }),
		all: option.flag({ about: 'also write drafts of findings that a vector covers' }),
	},
	examples: [
		['dax-vectors hunt', 'on upstream as merged'],
		[
			'dax-vectors hunt -i reference:v6.12-stable --out drafts',
			'drafts of bugs that no vector states',
		],
		[
			'dax-vectors hunt -i native:. --programs 350',
			"a kernel tree's own super.c, the same programs each time",
		],
	],

	async run(words, values, terminal) {
		if (words.length > 0) throw new UsageError('hunt generates its programs: leave the ids out');
		const { programs, seed = DEFAULT_SEED, out: folder, all } = values;
		const seconds = values.seconds ?? (programs === undefined ? DEFAULT_SECONDS : undefined);
		if (folder !== undefined) makeFolder(folder);
		const implementation = await openOne(values.implementation ?? defaultAddress(), {
			unconfined: values.unconfined,
		});
		try {
			const { address, description, explores } = implementation;
			if (!explores) {
				terminal.error(
					`${address}: it cannot follow every schedule: hunt on another implementation`,
				);
				return CANNOT_TEST;
			}
			terminal.out(terminal.colors.dim(`on ${address}, ${description}`));
			const hunted = await startHunt(implementation, {
				explore: EXPLORE,
				programs: programs ?? Number.POSITIVE_INFINITY,
				seed,
				until: seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000,
				progress: (done, found) => terminal.progress.update(`${done} programs, ${found} findings`),
			});
			const drafts = folder === undefined ? null : { folder, all };
			await print(hunted, implementation, drafts, terminal);
			printSummary(hunted, seed, terminal);
			return hunted.findings.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
		} finally {
			await implementation.close?.();
		}
	},
});

/** Where drafts are written; all: also of findings that a vector covers. */
interface Drafts {
	readonly folder: string;
	readonly all: boolean;
}

async function print(
	{ findings }: Hunted,
	implementation: Implementation,
	drafts: Drafts | null,
	{ out, error, colors }: Terminal,
): Promise<void> {
	const { cases } = await openOwnLibrary({ error });
	const ids = drafts && freeIds(resolve(drafts.folder));
	for (const finding of findings) {
		const witness = await diagramOf(finding, implementation);
		const known = await coveredBy(finding, cases, implementation, EXPLORE);
		const { traces, violation } = finding.seen;
		out('');
		out(`${colors.bold(finding.key)}  ${violation.message}`);
		for (const line of witness) out(`    ${line}`);
		out(`    in ${traces} of ${finding.traces} traces`);
		if (known.length > 0) out(`    covered by ${known.join(', ')}`);
		if (!drafts || !ids || (known.length > 0 && !drafts.all)) continue;
		const vector = await draft(finding, ids.next().value, implementation, EXPLORE);
		const schema = join(packageRoot, 'schema/vector.schema.json');
		const file = join(drafts.folder, `${vector.id}.yaml`);
		const comment = [`Draft of "dax-vectors hunt": ${finding.key}`, '', ...witness];
		writeFileSync(file, vectorText(vector, relative(resolve(drafts.folder), schema), comment));
		out(`    ${file}`);
	}
}

async function diagramOf({ scenario, seen }: Finding, implementation: Implementation) {
	const { program } = compileScenario(scenario);
	const { executeOne } = executor(implementation, program, defaults.timeout);
	return diagram(program, await executeOne(seen.best.schedule));
}

function printSummary({ findings, programs, stages, partial }: Hunted, seed: number, to: Terminal) {
	to.out('');
	to.out(`${findings.length} findings in ${programs} programs, seed ${seed}`);
	to.out(`complete: ${stages.join('; ') || 'nothing'}`);
	if (partial > 0) to.out(`${partial} programs had more than ${MAX_EXECUTIONS} executions`);
}
