// SPDX-License-Identifier: MIT
/** For people: the failures on one implementation and what they mean; with several implementations, a table. */
import type { ReporterFactory } from './reporter';
import { Single } from './single';
import { Table } from './table';

export const pretty: ReporterFactory = (terminal, total, cases, context = {}) => {
	let report: Single | Table | undefined;
	return {
		write(record) {
			switch (record.record) {
				case 'header': {
					const { implementations } = record;
					report =
						implementations.length > 1
							? new Table(implementations, cases, total, terminal)
							: new Single(implementations, cases, total, terminal, context);
					return;
				}
				case 'result':
					report?.add(record);
					return;
				case 'footer':
					report?.end(record);
			}
		},
	};
};
