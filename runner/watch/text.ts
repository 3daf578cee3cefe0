// SPDX-License-Identifier: MIT
/** Prints a watch for people: findings first, then what was exercised. */
import type { Finding, Footer, Header } from '../../schema/types/watch';
import { columns } from '../diagram/columns';
import { printable } from '../text/printable';
import type { Terminal } from '../text/terminal';
import { wrap } from '../text/wrap';

export function printHeader({ description, command }: Header, { out, colors }: Terminal): void {
	const what = command === null ? 'until Ctrl-C' : command;
	out(colors.dim(printable(`watching ${description}: ${what}`)));
}

export function printFinding(finding: Finding, { out, colors, width }: Terminal): void {
	const { rule, by, invariant, message, effect, vectors, count, lanes, calls, device } = finding;
	const times = count === 1 ? '' : `, ${count} times`;
	out('');
	out(`${colors.bold(`${rule}:`)} ${printable(message)} (${device}${times})`);
	const kind = by === 'caller' ? 'Rule of callers' : 'Invariant';
	for (const line of wrap(`${kind}: ${invariant} (${vectors.join(', ')}).`, width - 4))
		out(`    ${line}`);
	for (const line of wrap(`Effect: ${effect}.`, width - 4)) out(`    ${line}`);
	out('');
	for (const line of columns(lanes)) out(`    ${line}`);
	out('');
	const shown = new Set<string>();
	for (const { call, by: task, stack } of calls) {
		const first = stack.findIndex((frame) => shown.has(frame));
		const own = first < 0 ? stack : stack.slice(0, first);
		for (const frame of own) shown.add(frame);
		if (own.length === 0) continue;
		out(printable(`    ${call} by ${task}, from`));
		for (const frame of own) out(printable(`        ${frame}`));
		if (first >= 0) out('        ... as above');
	}
}

export function printFooter(footer: Footer, terminal: Terminal): void {
	const { out, colors } = terminal;
	const { findings, devices, calls, situations, held, problems, commandExit, exit } = footer;
	out('');
	for (const problem of problems) out(colors.yellow(printable(`not watched: ${problem}`)));
	out(colors.bold(verdictOf(findings, exit)));
	const counts = Object.entries(calls).map(([name, count]) => `${name} ${count}`);
	list('calls', [`${devices} ${devices === 1 ? 'device' : 'devices'}`, ...counts], terminal);
	list(
		'exercised',
		situations.map(({ name, count, vectors }) => `${name} ${count} (${vectors.join(', ')})`),
		terminal,
	);
	list(
		'held at the end',
		held.map(({ device, holder, by }) => `${device} by ${holder}${by === null ? '' : `, ${by}`}`),
		terminal,
	);
	list('not judged', footer.unseen, terminal);
	if (commandExit) out(`the command exited with ${commandExit}`);
}

function verdictOf(findings: number, exit: number): string {
	if (findings > 0) return `${findings} ${findings === 1 ? 'finding' : 'findings'}`;
	return exit === 0 ? 'clean: every caller kept to the rules that were exercised' : 'not decided';
}

/** One paragraph, indented under its name. */
function list(name: string, items: readonly string[], { out, width }: Terminal): void {
	if (items.length === 0) return;
	const [first = '', ...rest] = wrap(printable(`${name}: ${items.join('; ')}`), width - 2);
	out(first);
	for (const line of rest) out(`  ${line}`);
}
