// SPDX-License-Identifier: MIT
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { vectorText } from '../authoring/try/write';
import { defaults } from '../decide/defaults';
import { diagram } from '../diagram/columns';
import { executor } from '../explore/execute';
import { coveredBy } from '../hunt/covered-by';
import { draft } from '../hunt/draft';
import { type Finding, hunt as start } from '../hunt/hunt';
import { compileScenario } from '../hunt/scenario';
import { freeIds } from '../library/ledger';
import { openLibrary } from '../library/library';
import { CANNOT_TEST, CONFORMS, DOES_NOT_CONFORM } from '../report/exit-codes';
import { packageRoot } from '../text/package-root';
import { command, implementation as implementationOption } from './command';
import { openOne } from './open';
import { option, UsageError } from './option';

/** Executions that one program may take. */
const BUDGET = 20_000;

export const hunt = command({
	summary: 'look for bugs that no vector states',
	usage: '[-i ADDRESS] [--seconds N | --programs N] [--out DIR]',
	about: [
		'Generates programs of callers who keep to the rules (each holder releases what it claimed, once; one driver',
		'removes and revives), explores each and puts every execution to what always holds: no WARN, no fault, no lost',
		'claim, nobody removed unheard, no callback after its release, no reference leaked. Small programs come first and',
		'in every interleaving, larger ones with few preemptions; every finding is minimal, and told once.',
		'',
		'A finding is named with the vectors of the library that fail over it. With --out one that none sees becomes a draft:',
		'a vector with status open that fails here. The same seed and number of programs find the same. Exits 1 when',
		'there is a finding, known or not.',
	].join('\n'),
	options: {
		implementation: implementationOption('where to hunt (default: reference)'),
		seconds: option.count({ least: 1, about: 'stop after N seconds (default: 15)' }),
		programs: option.count({ least: 1, about: 'stop after N programs, however long it takes' }),
		seed: option.count({ least: 0, about: 'another choice of the larger programs (default: 1)' }),
		out: option.text({ value: 'DIR', about: 'write a draft of each new finding there' }),
		all: option.flag({ about: 'also write drafts of what the library has' }),
	},
	examples: [
		['dax-vectors hunt', 'on upstream as merged'],
		['dax-vectors hunt -i reference:v6.12-stable --out drafts', 'drafts of what no vector states'],
		[
			'dax-vectors hunt -i native:. --programs 350',
			"a kernel tree's own super.c, the same each time",
		],
	],

	async run(words, values, { out, error, colors, progress }) {
		if (words.length > 0) throw new UsageError('hunt takes no ids: it makes its programs itself');
		const { programs, seed = 1, out: folder } = values;
		const seconds = values.seconds ?? (programs === undefined ? 15 : undefined);
		const implementation = await openOne(values.implementation ?? 'reference');
		const { address, description, obstacle, explores } = implementation;
		if (obstacle ?? !explores) {
			error(`${address}: ${obstacle?.reason ?? 'it cannot follow every schedule'}`);
			await implementation.close?.();
			return CANNOT_TEST;
		}

		out(colors.dim(`on ${address}, ${description}`));
		const explore = { ...defaults, budget: BUDGET };
		const { cases } = await openLibrary();
		try {
			const hunted = await start(implementation, {
				explore,
				programs: programs ?? Number.POSITIVE_INFINITY,
				seed,
				until: seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000,
				progress: (done, found) => progress.update(`${done} programs, ${found} findings`),
			});
			const ids = folder === undefined ? undefined : freeIds(resolve(folder));
			for (const finding of hunted.findings) {
				const story = await tell(finding);
				const known = await coveredBy(finding, cases, implementation, explore);
				out('');
				out(`${colors.bold(finding.key)}  ${finding.seen.violation.message}`);
				for (const line of story) out(`    ${line}`);
				out(`    in ${finding.seen.traces} of ${finding.traces} traces`);
				if (known.length > 0) out(`    seen by ${known.join(', ')}`);
				if (ids && (known.length === 0 || values.all))
					out(`    ${await write(finding, ids.next().value, story)}`);
			}
			out('');
			const { findings, stages, partial } = hunted;
			out(`${findings.length} findings in ${hunted.programs} programs, seed ${seed}`);
			out(`complete: ${stages.join('; ') || 'nothing'}`);
			if (partial > 0) out(`${partial} programs had more than ${BUDGET} executions`);
			return findings.length === 0 ? CONFORMS : DOES_NOT_CONFORM;
		} finally {
			await implementation.close?.();
		}

		async function tell({ scenario, seen }: Finding): Promise<string[]> {
			const { program } = compileScenario(scenario);
			const { execute } = executor(implementation, program, defaults.timeout);
			return diagram(program, (await execute([seen.best.schedule]))[0]!);
		}

		async function write(finding: Finding, id: string, story: string[]): Promise<string> {
			mkdirSync(folder!, { recursive: true });
			const vector = await draft(finding, id, implementation, explore);
			const schema = relative(resolve(folder!), join(packageRoot, 'schema/vector.schema.json'));
			const file = join(folder!, `${id}.yaml`);
			writeFileSync(
				file,
				vectorText(vector, schema, [`Draft of "dax-vectors hunt": ${finding.key}`, '', ...story]),
			);
			return file;
		}
	},
});
