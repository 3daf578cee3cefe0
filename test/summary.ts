// SPDX-License-Identifier: MIT
/** The summary of a test run, from tap's output: failures as they come, then what was not run, then the counts. */
import { Parser, type Result } from 'tap-parser';
import { IN_ALL, type Need, NOT_RUN, REQUIREMENTS } from './needs';

const counted = (count: number): string => `${count} ${count === 1 ? 'test' : 'tests'}`;

const failureText = (name: string, diag: Result['diag']): string => {
	return [`FAIL  ${name.replace('dist/', '')}`, ...details(diag)].join('\n      ');
};

/** Place, source line and difference of a failed assertion. */
function details(diag: Result['diag']): string[] {
	if (!diag) return [];
	const { at, source, diff, stack: _, ...others } = diag;
	const place = at && `${at.fileName}:${at.lineNumber}:${at.columnNumber}`;
	const rest = Object.keys(others).length > 0 && JSON.stringify(others, null, 2);
	return [place, source, diff, rest].filter(Boolean).flatMap((text) => String(text).split('\n'));
}

/** Counts the tests of each file: t.test() calls, not the assertions in them. */
export class Summary {
	/** Parses the output of tap with the reporter "tap". */
	readonly parser = new Parser();
	private passed = 0;
	private failed = 0;
	private later = 0;
	/** Seconds of each file. */
	private readonly seconds = new Map<string, number>();
	/** Tests not run, by what they lack. */
	private readonly notRun = new Map<string, number>();

	/** print: gets each failure. */
	constructor(private readonly print: (text: string) => void) {
		let failedBefore = 0;
		this.parser.on('child', (tests: Parser) => {
			tests.on('assert', (result: Result) => this.count(result));
			this.printFailures(tests);
		});
		this.parser.on('assert', ({ ok, name, time, diag }: Result) => {
			this.seconds.set(name.replace('dist/', ''), (time ?? 0) / 1000);
			// A file may end with an error outside of its tests.
			if (!ok && this.failed === failedBefore) {
				this.failed++;
				this.print(failureText(name, diag));
			}
			failedBefore = this.failed;
		});
	}

	private count({ ok, skip }: Result): void {
		const reason = String(skip);
		if (skip === false) this[ok ? 'passed' : 'failed']++;
		else if (reason.startsWith(IN_ALL)) this.later++;
		else if (reason !== 'filter: only') {
			const lacking = reason.replace(NOT_RUN, '');
			this.notRun.set(lacking, (this.notRun.get(lacking) ?? 0) + 1);
		}
	}

	private printFailures(parser: Parser): void {
		parser.on('child', (child: Parser) => this.printFailures(child));
		parser.on('assert', ({ ok, skip, todo, closingTestPoint, fullname, diag }: Result) => {
			if (ok || skip !== false || todo !== false || closingTestPoint) return;
			this.print(failureText(fullname, diag));
		});
	}

	/** The seconds of each file, slowest first. */
	times(): string[] {
		return [...this.seconds]
			.sort(([, a], [, b]) => b - a)
			.map(([file, seconds]) => `${seconds.toFixed(1).padStart(7)} s  ${file}`);
	}

	/** The closing lines; CI systems read the last one. */
	lines(): string[] {
		const missing = [...this.notRun].map(([lacking, count]) => {
			const debian = Object.hasOwn(REQUIREMENTS, lacking) && REQUIREMENTS[lacking as Need].debian;
			const advice = debian ? `apt-get install ${debian}; ` : '';
			return `not run: no ${lacking}: ${advice}${counted(count)} would run with it`;
		});
		const skipped = [...this.notRun.values()].reduce((sum, count) => sum + count, this.later);
		return [
			...missing,
			...(this.later > 0 ? [`${counted(this.later)} left to "npm run test:all"`] : []),
			`${this.passed} passed, ${this.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
		];
	}

	/** strict: a test that was not run for want of a program counts as a failure. */
	exitCode(tapCode: number, strict: boolean): number {
		if (this.failed > 0 || this.passed === 0 || tapCode !== 0) return 1;
		return strict && this.notRun.size > 0 ? 1 : 0;
	}
}
