// SPDX-License-Identifier: MIT
/**
 * npm run bench [-- NAMES]: measures and prints tables. Exits with 1 only if a result is wrong, such as two tools that
 * disagree about the same question, never because of a time.
 */
import { cpus } from 'node:os';
import { edits } from './edits';
import { exec } from './exec';
import { explorers } from './explorers';
import { fastCheck } from './fast-check';
import { fourThreads } from './four-threads';
import { herd7 } from './herd7';
import { kernel } from './kernel';
import { memory } from './memory';
import { model } from './model';
import { native } from './native';
import type { Measurement, Section } from './section';
import { spin } from './spin';
import { startup } from './startup';
import { vectors } from './vectors';

const measurements: Readonly<Record<string, Measurement>> = {
	model,
	vectors,
	memory,
	herd7,
	explorers,
	'four-threads': fourThreads,
	'fast-check': fastCheck,
	native,
	kernel,
	exec,
	spin,
	startup,
	edits,
};

/** Aligns words to the left and figures to the right. */
function table(header: readonly string[], rows: Section['rows']): string[] {
	const lines = rows.length === 0 ? [] : [header, ...rows];
	const widths = header.map((_, column) =>
		Math.max(0, ...lines.map((line) => line[column]?.length ?? 0)),
	);
	const isFigure = header.map((_, column) =>
		rows.every((row) => /^([\d,.]+( (x|ms))?|-|)$/.test(row[column] ?? '')),
	);
	return lines.map((line) =>
		line
			.map((cell, column) =>
				isFigure[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
			)
			.join('  ')
			.trimEnd(),
	);
}

function print({ title, notes, header, rows, wrong }: Section): void {
	const lines = [title, ...notes.map((note) => `  ${note}`), ''];
	lines.push(...table(header, rows).map((line) => `  ${line}`), '');
	lines.push(...wrong.map((what) => `  WRONG: ${what}`), ...(wrong.length > 0 ? [''] : []));
	console.log(lines.join('\n'));
}

async function main(names: readonly string[]): Promise<void> {
	const unknown = names.find((name) => !Object.hasOwn(measurements, name));
	if (unknown !== undefined) {
		console.error(`no measurement "${unknown}": use ${Object.keys(measurements).join(', ')}`);
		process.exitCode = 2;
		return;
	}
	const processors = cpus();
	console.log(
		`node ${process.version}, ${process.platform}-${process.arch}, ${processors.length} x ${processors[0]?.model.trim()}\n`,
	);
	for (const name of names.length > 0 ? names : Object.keys(measurements)) {
		const section = await measurements[name]!();
		print(section);
		if (section.wrong.length > 0) process.exitCode = 1;
	}
}

main(process.argv.slice(2));
