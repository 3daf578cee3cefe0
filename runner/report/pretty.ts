// SPDX-License-Identifier: MIT
/** For people: a line a vector and the story of each failure; with several implementations, a table. */
import type { Footer, Header, Result } from '../../schema/types/report';
import { printable } from '../text/printable';
import { sidesText } from '../text/racing-accesses';
import type { Colors } from '../text/terminal';
import { completenessText, failureLines, ownReason } from './failure';
import type { ReporterFactory } from './reporter';
import { Table } from './table';

export const pretty: ReporterFactory = (terminal, total, cases) => {
	const { out, colors } = terminal;
	let table: Table | null = null;
	let lastReason = '';
	const byId = new Map(cases.map((test) => [test.id, test]));
	const brief = new Set(cases.map(({ vector }) => vector.id)).size > 3;
	/** Vectors whose data races were not told. */
	const racing = new Set<string>();
	const width = Math.max(...cases.map(({ id }) => id.length), 0);
	return {
		write(record) {
			switch (record.record) {
				case 'header':
					if (record.implementations.length > 1)
						table = new Table(record.implementations, cases, terminal);
					else title(record);
					return;
				case 'result':
					if (table) table.add(record);
					else lines(record);
					return;
				case 'footer':
					table?.end();
					summary(record);
			}
		},
	};

	function title({ implementations: [implementation] }: Header): void {
		out(
			`${colors.bold(printable(implementation!.address))}  ${printable(implementation!.description)}`,
		);
		out('');
	}

	function lines(result: Result): void {
		const { verdict, id, scored, completeness, races } = result;
		const complete = completenessText(completeness);
		const notes = [complete, scored ? '' : 'open, not scored'].filter(Boolean).join('; ');
		const tail = notes === '' ? '' : colors.dim(`  (${notes})`);
		out(
			`${word(result, colors)} ${printable(id).padEnd(width)}  ${printable(result.title)}${tail}`,
		);
		if (verdict === 'pass') lastReason = '';
		else story(result);
		if (races.length === 0) return;
		if (brief) {
			racing.add(result.vector);
			return;
		}
		for (const race of races)
			out(colors.dim(`    note: data race on ${printable(`${race.object}: ${sidesText(race)}`)}`));
		if (result.failures.length > 0) out('');
	}

	function story(result: Result): void {
		const { verdict, id, scored } = result;
		// What was expected to fail must not drown what was not: its story is told when it is asked for.
		const short = brief && (verdict === 'xfail' || !scored);
		// What holds for everything, such as a missing compiler, is said once.
		const reason = short ? result.reason : ownReason(result);
		const told = reason === lastReason;
		lastReason = reason;
		if (reason !== '' && !told)
			for (const line of reason.split('\n')) out(`    ${printable(line)}`);
		if (short) return;
		for (const failure of result.failures) {
			for (const line of failureLines(result, failure, byId.get(id), colors)) out(line);
			out('');
		}
	}

	function summary({ results, counts, problems, exit }: Footer): void {
		for (const problem of problems) {
			const [first, ...more] = problem.split('\n').map(printable);
			out(`\n${colors.red('stale')} ${[first, ...more].join('\n')}`);
		}
		out('');
		if (racing.size > 0) {
			const have = racing.size === 1 ? 'vector has' : 'vectors have';
			const how = 'run one alone, or with --reporter json, to see them';
			out(colors.dim(`note: ${racing.size} ${have} data races: ${how}`));
		}
		const parts = Object.entries(counts).map(([verdict, count]) =>
			printable(`${count} ${verdict}`),
		);
		out(`${results} results: ${parts.join(', ') || 'none'}`);
		if (results < total) out(`${total - results} were not decided`);
		out(exit === 0 ? colors.green('conforms') : colors.red(conclusions[exit] ?? `exit ${exit}`));
	}
};

const conclusions: Record<number, string> = {
	1: 'does not conform',
	2: 'harness error: nothing can be said',
	125: 'cannot be tested',
	130: 'interrupted',
};

function word({ verdict, scored }: Result, colors: Colors): string {
	if (!scored) return colors.dim(verdict.padEnd(7));
	const text = verdict.toUpperCase().padEnd(7);
	if (verdict === 'pass') return colors.green(text);
	if (verdict === 'xfail' || verdict === 'skip') return colors.yellow(text);
	return colors.red(text);
}
