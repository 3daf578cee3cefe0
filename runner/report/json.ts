// SPDX-License-Identifier: MIT
/** JSON Lines: a header, a line a result, a footer. See schema/report.schema.json. */
import type { ReporterFactory } from './reporter';

export const json: ReporterFactory = (terminal) => ({
	write: (record) => terminal.out(JSON.stringify(record)),
});
