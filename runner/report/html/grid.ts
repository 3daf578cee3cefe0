// SPDX-License-Identifier: MIT
/** Reports as vectors by implementations. */
import type { Header, Result } from '../../../schema/types/report';
import type { Case } from '../../library/compile';
import { label } from '../cell';
import type { Report } from '../read';

export interface Column {
	/** No two are the same. */
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
	/** Variants as the library has them now; none where it does not know the vector. */
	readonly cases: readonly Case[];
	/** Ids of the variants in the reports, in order. */
	readonly variants: readonly string[];
	/** The results of each column. */
	readonly cells: readonly (readonly Result[])[];
}

export interface Grid {
	readonly reports: readonly Report[];
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
}

/** What memory might do in a run. */
export const memory = ({ header }: Report): NonNullable<Header['options']['memory']> =>
	header.options.memory ?? 'sc';

/** As part of a column's name. */
const under = (report: Report): string => (memory(report) === 'sc' ? '' : ` (${memory(report)})`);

export function grid(reports: readonly Report[], cases: readonly Case[]): Grid {
	const columns = named(
		reports.flatMap((report) =>
			report.header.implementations.map((implementation) => ({
				label: `${label(implementation)}${under(report)}`,
				implementation,
				report,
				results: report.results.filter((each) => each.implementation === implementation.address),
			})),
		),
	);
	const results = columns.flatMap((column) => column.results);
	const ids = [...new Set(results.map(({ vector }) => vector))].sort();
	const rows = ids.map((id): Row => {
		const cells = columns.map((column) => column.results.filter(({ vector }) => vector === id));
		const [first] = cells.flat();
		return {
			id,
			title: first!.title,
			status: first!.status,
			cases: cases.filter(({ vector }) => vector.id === id),
			variants: [...new Set(cells.flat().map((result) => result.id))].sort(),
			cells,
		};
	});
	return { reports, columns, rows };
}

/** Columns whose labels are the same take longer ones, which at last name the file. */
function named(columns: readonly Column[]): Column[] {
	const longer = [
		({ implementation, report }: Column) => `${implementation.address}${under(report)}`,
		({ implementation, report }: Column) =>
			`${implementation.address}${under(report)} in ${report.file}`,
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
