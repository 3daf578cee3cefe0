// SPDX-License-Identifier: MIT
/** Debian's Chromium, without a window and without a network. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Test } from 'tap';

export const NARROW = { width: 390, height: 800 };
export const WIDE = { width: 1280, height: 900 };

/** A browser that is closed after the test. */
export async function launch(t: Test): Promise<Browser> {
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		// A container has neither user namespaces nor much shared memory.
		args: ['--no-sandbox', '--disable-dev-shm-usage'],
	});
	t.teardown(() => browser.close());
	return browser;
}

/** Page of a file, with its console messages, errors and network requests. */
export async function visit(
	browser: Browser,
	file: string,
	options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
	const context = await browser.newContext({ viewport: WIDE, ...options });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (message) => complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('request', (request) => {
		if (!request.url().startsWith('file:')) complaints.push(request.url());
	});
	await page.goto(`file://${file}`);
	return { page, complaints };
}

/** Elements that reach beyond the screen or whose text is cut by their box; table heads of narrow pages are unseen. */
export async function outside(page: Page): Promise<string[]> {
	const found = await page.evaluate(`[...document.querySelectorAll('body *')].flatMap((each) => {
		const { right, width } = each.getBoundingClientRect();
		const beyond = width > 0 && right > document.documentElement.clientWidth + 0.5;
		const clips = getComputedStyle(each).overflowX !== 'visible' && !each.matches('.unseen, thead, input, select');
		const cut = clips && each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1;
		return beyond || cut ? [each.outerHTML.slice(0, 80)] : [];
	})`);
	return (found as string[]).slice(0, 3);
}
