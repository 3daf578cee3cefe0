// SPDX-License-Identifier: MIT
/** Scenarios: steps in a guest, judged as a watch is, and by what they expect. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ScenarioFile } from '../../schema/types/scenario';
import type { Finding, Footer } from '../../schema/types/watch';
import { InvalidFile } from '../library/diagnostic';
import { validator } from '../library/schemas';
import { validate } from '../library/validate';
import { YamlSource } from '../library/yaml-source';
import { packageRoot } from '../text/package-root';
import { UsageError } from '../text/user-error';

const folder = join(packageRoot, 'implementations/kernel/scenarios');

/** Names of the scenarios, ascending. */
export const scenarioNames = (): string[] =>
	readdirSync(folder)
		.map((name) => basename(name, '.yaml'))
		.sort();

/** True for the name of a scenario, or the path of a file. */
export const isScenario = (name: string): boolean =>
	scenarioNames().includes(name) || name.endsWith('.yaml');

/** Reads a scenario by its name, or by the path of a file. Throws UsageError, InvalidFile. */
export function readScenario(name: string): ScenarioFile {
	if (!isScenario(name))
		throw new UsageError(
			`there is no scenario "${name}": use ${scenarioNames().join(', ')}, or a file FILE.yaml`,
		);
	const source = YamlSource.read(name.endsWith('.yaml') ? name : join(folder, `${name}.yaml`));
	const diagnostics = validate(source, validator('scenario'));
	if (diagnostics.length > 0) throw new InvalidFile(diagnostics);
	return source.data as ScenarioFile;
}

/** Seconds that a step may take. */
const STEP_LIMIT_S = 30;
/** Begins the lines that report a step. */
const REPORT = '=step';

/** The shell script of the steps. It ends with the first step that does not do what it must. */
export function stepsScript({ steps }: ScenarioFile): string {
	const lines = steps.map(({ run, seconds = STEP_LIMIT_S, fails = false }, index) =>
		['step', index, seconds, fails ? 'fails' : 'succeeds', quoted(run)].join(' '),
	);
	return `trap late=1 USR1
step() {
	late=
	sh -c "$4" 2>&1 &
	pid=$!
	{ sleep $2 && kill -USR1 $$; } >/dev/null 2>&1 </dev/null &
	watchdog=$!
	if wait $pid; then code=0; else code=$?; fi
	if [ -n "$late" ]; then
		read -r inner rest </proc/$pid/task/$pid/children
		# The stack of a task that runs is empty now and then.
		for try in 1 2 3 4 5 6 7 8 9; do
			stack=$(sed -nE 's/^\\[<0>\\] ([^+]*).*/\\1/p' /proc/\${inner:-$pid}/stack | tr '\\n' ' ')
			[ -z "$stack" ] || break
			sleep 0.1
		done
		echo "${REPORT} $1 does not end within $2 s; it is in: $stack"
		exit 1
	fi
	kill $watchdog
	if { [ $code = 0 ] && [ $3 = succeeds ]; } || { [ $code != 0 ] && [ $3 = fails ]; }; then return; fi
	echo "${REPORT} $1 exited with $code"
	exit 1
}
${lines.join('\n')}
echo "${REPORT}s done"`;
}

/** True if the output of the script says that every step did what it must. */
export const stepsEnded = (output: string): boolean => output.includes(`${REPORT}s done`);

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export interface Seen {
	/** Output of the script of the steps. */
	readonly output: string;
	readonly findings: readonly Finding[];
	readonly footer: Footer;
}

/** One line for each expectation that is not met. */
export function problemsOf(scenario: ScenarioFile, { output, findings, footer }: Seen): string[] {
	const { steps, expect } = scenario;
	const problems = [...footer.problems];
	const [, index, what] = new RegExp(`^${REPORT} (\\d+) (.*)$`, 'm').exec(output) ?? [];
	const said = output
		.trimEnd()
		.split('\n')
		.filter((line) => !line.startsWith(REPORT))
		.slice(-1);
	if (index !== undefined)
		problems.push([`"${steps[Number(index)]?.run}" ${what}`, ...said].join(': '));
	else if (!stepsEnded(output)) problems.push(`the steps did not end: ${said}`);
	for (const [name, count] of Object.entries(expect.calls)) {
		const seen = footer.calls[name] ?? 0;
		if (seen !== count) problems.push(`${name}() was called ${seen} times, expected ${count}`);
	}
	for (const name of expect.situations)
		if (!footer.situations.some((each) => each.name === name))
			problems.push(`expected ${name}, which did not occur`);
	for (const { message, vectors } of findings) problems.push(`${message} (${vectors.join(', ')})`);
	return problems;
}
