// SPDX-License-Identifier: MIT
/** Runs axe in a page. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that a page breaks, with up to three elements each. */
export async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const found =
		await page.evaluate(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
		violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`);
	return found as string[];
}
