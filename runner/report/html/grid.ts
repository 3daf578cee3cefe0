// SPDX-License-Identifier: MIT
/** Arranges reports as vectors by implementations. */
import type { Header, Result } from '../../../schema/types/report';
import type { Case } from '../../library/compile';
import { label } from '../cell';
import type { Report } from '../read';

export interface Column {
	/** Unique within a grid. */
	readonly label: string;
	readonly implementation: Header['implementations'][number];
	readonly report: Report;
	readonly results: readonly Result[];
}

export interface Row {
	/** Such as DAXV-0001. */
	readonly id: string;
	readonly title: string;
	readonly status: Result['status'];
	/** Variants in the library of this package; none where it lacks the vector. */
	readonly cases: readonly Case[];
	/** Ids of the variants in the reports, sorted. */
	readonly variants: readonly string[];
	/** Results by column. */
	readonly cells: readonly (readonly Result[])[];
}

export interface Grid {
	readonly reports: readonly Report[];
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
}

/** Memory model of a run. */
export const memory = ({ header }: Report): NonNullable<Header['options']['memory']> =>
	header.options.memory ?? 'sc';

/** Memory model as a part of a column's label; nothing for sc. */
const modelSuffix = (report: Report): string =>
	memory(report) === 'sc' ? '' : ` (${memory(report)})`;

export function grid(reports: readonly Report[], cases: readonly Case[]): Grid {
	const columns = withUniqueLabels(
		reports.flatMap((report) =>
			report.header.implementations.map((implementation) => ({
				label: `${label(implementation)}${modelSuffix(report)}`,
				implementation,
				report,
				results: report.results.filter((each) => each.implementation === implementation.address),
			})),
		),
	);
	const results = columns.flatMap((column) => column.results);
	const firsts = new Map([...results].reverse().map((result) => [result.vector, result]));
	const rows = [...firsts].map(([id, { title, status }]): Row => {
		const cells = columns.map((column) => column.results.filter(({ vector }) => vector === id));
		const variants = [...new Set(cells.flat().map((result) => result.id))].sort();
		const own = cases.filter(({ vector }) => vector.id === id);
		return { id, title, status, cases: own, variants, cells };
	});
	rows.sort((a, b) => (a.id < b.id ? -1 : 1));
	return { reports, columns, rows };
}

/** Replaces equal labels by addresses, and equal addresses by addresses with files. */
function withUniqueLabels(columns: readonly Column[]): Column[] {
	const longer = [
		({ implementation, report }: Column) => `${implementation.address}${modelSuffix(report)}`,
		({ implementation, report }: Column) =>
			`${implementation.address}${modelSuffix(report)} in ${report.file}`,
	];
	let current = [...columns];
	for (const name of longer) {
		const count = (text: string) => current.filter((each) => each.label === text).length;
		current = current.map((each) =>
			count(each.label) > 1 ? { ...each, label: name(each) } : each,
		);
	}
	return current;
}
