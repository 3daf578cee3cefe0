// SPDX-License-Identifier: MIT
/** axe, in the page that it checks. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What it has against a page: each rule, with places that break it. */
export async function violations(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const found =
		await page.evaluate(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
		violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`);
	return found as string[];
}
