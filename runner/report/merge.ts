// SPDX-License-Identifier: MIT
/** Joins the reports of shards. */
import type { Header, Result } from '../../schema/types/report';
import { UserError } from '../text/user-error';
import type { Report } from './read';

export interface Joined {
	readonly header: Header;
	readonly results: readonly Result[];
	readonly problems: readonly string[];
}

/** Throws UserError where the reports are not all shards of one run. */
export function join(reports: readonly [Report, ...Report[]]): Joined {
	const [first] = reports;
	const byIndex = new Map<number, Report>();
	for (const report of reports) {
		const { file, header } = report;
		const { shard } = header;
		if (!shard) throw new UserError(`${file} is no shard: run with --shard I/N`);
		if (shard.of !== first.header.shard?.of)
			throw new UserError(`${file} counts other shards than ${first.file}: run it again`);
		if (origin(header) !== origin(first.header))
			throw new UserError(
				`${file} has another version, library, selection, implementation or option than ${first.file}: run it again`,
			);
		const other = byIndex.get(shard.index);
		if (other)
			throw new UserError(`${file} is shard ${shard.index}/${shard.of}, like ${other.file}`);
		byIndex.set(shard.index, report);
	}
	const { of } = first.header.shard ?? { of: 0 };
	for (let index = 1; index <= of; index++)
		if (!byIndex.has(index))
			throw new UserError(`shard ${index}/${of} is missing: run it with --shard ${index}/${of}`);
	return {
		header: { ...first.header, shard: null },
		// All variants of a vector are in one shard: the sort keeps their order.
		results: reports
			.flatMap((report) => report.results)
			.sort((a, b) => (a.vector < b.vector ? -1 : a.vector > b.vector ? 1 : 0)),
		problems: [...new Set(reports.flatMap(({ footer }) => footer.problems))],
	};
}

/** The part of a header that all shards share, as text. */
const origin = ({ version, library, selection, options, implementations }: Header): string =>
	JSON.stringify([version, library, selection, options, implementations]);
