// SPDX-License-Identifier: MIT
/** The pages in a real browser, and their links. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { globbySync } from 'globby';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { copyOfPackage } from '../authoring/copy';
import { library } from '../cases';
import { needs } from '../needs';
import { violations } from '../report/html/axe';
import { launch, NARROW, outside, visit, WIDE } from '../report/html/browser';

const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-docs-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const said = execFileSync(
	process.execPath,
	[join(packageRoot, 'dist/runner/site/build.js'), folder],
	{
		encoding: 'utf8',
	},
);
const pages = globbySync('**/*.html', { cwd: folder });
const text = (path: string): string => readFileSync(join(folder, path), 'utf8');

t.test('writes a page for each vector under its permanent path', async (t) => {
	const ids = new Set((await library()).map(({ vector }) => vector.id));
	for (const id of ids) t.ok(pages.includes(`v/${id}/index.html`), id);
	t.match(said, `${pages.length} pages: `);
	for (const name of ['run', 'write-a-vector', 'write-an-adapter', 'cite'])
		t.ok(pages.includes(`guide/${name}.html`), name);
});

t.test('every link has a target, and no page loads another file', async (t) => {
	let links = 0;
	const dead: string[] = [];
	for (const path of pages) {
		const page = text(path);
		for (const [, href] of page.matchAll(/ href="([^"]*)"/g)) {
			links++;
			if (/^https:\/\/(lore|git|docs)\.kernel\.org\//.test(href!)) continue;
			const [file, fragment] = href!.split('#') as [string, string | undefined];
			const target = file === '' ? path : join(dirname(path), file);
			const found = existsSync(join(folder, target));
			const whole = found && (fragment === undefined || text(target).includes(` id="${fragment}"`));
			if (!whole || href!.startsWith('/')) dead.push(`${path}: ${href}`);
		}
		const loads = /<(link|img|iframe|object)|\ssrc=|@import|url\(/.exec(page);
		if (loads) dead.push(`${path} loads: ${loads[0]}`);
	}
	t.strictSame(dead, []);
	t.ok(links > 5 * pages.length, `${links} links`);
});

t.test('renders the guides of docs/', async (t) => {
	const run = text('guide/run.html');
	t.ok(run.includes('<h2 id="which-commit">Which commit</h2>'));
	t.ok(run.includes('git bisect start BAD GOOD -- drivers/dax include/linux/dax.h'));
	t.match(text('guide/write-an-adapter.html'), '"request":"hello"');
	t.match(text('guide/write-a-vector.html'), 'href="cite.html"');
	t.match(text('guide/weak-memory.html'), 'href="implementations.html#weak-memory"');
});

t.test('exits with code 128 for an invalid library', async (t) => {
	const copy = copyOfPackage();
	t.teardown(() => rmSync(copy, { recursive: true }));
	writeFileSync(join(copy, 'vectors/removal/DAXV-0039.yaml'), 'id: DAXV-0039\n');
	const build = join(copy, 'dist/runner/site/build.js');
	const { status, stderr } = spawnSync(process.execPath, [build, join(copy, 'pages')], {
		encoding: 'utf8',
	});
	t.equal(status, 128);
	t.match(stderr, /^docs: .*DAXV-0039\.yaml:1:1/);
	t.notMatch(stderr, /^ +at /m, 'no stack');
});

/** Long, because its subtests share one browser. */
t.test('pages in a browser', needs('browser'), async (t) => {
	const browser = await launch(t);

	await t.test('a vector shows its verdicts, failures and allowed outcomes', async (t) => {
		const { page, complaints } = await visit(browser, join(folder, 'v/DAXV-0001/index.html'));
		const rows = await page.locator('table.outcomes tbody tr').allInnerTexts();
		t.match(
			rows.find((row) => row.startsWith('v6.12-stable')),
			/fail ops is null at the end/,
		);
		t.match(
			rows.find((row) => row.startsWith('v7.3')),
			/pass exhaustive, 4 traces/,
		);
		const first = page.locator('.lanes').first();
		t.match(await first.textContent(), 'holder_ops B → NULL (plain)');
		await first.scrollIntoViewIfNeeded();
		await first.locator('path').first().waitFor();
		t.equal(await first.locator('path').count(), 3, 'an arrow from each write to its reader');
		t.equal(await first.locator('path.bug').count(), 1, 'and between the two writes of the bug');
		const tops = (selector: string) =>
			page
				.locator(selector)
				.first()
				.evaluate((each) => each.getBoundingClientRect().top);
		t.ok((await tops('.lanes')) < (await tops('[aria-label$=".yaml"]')), 'the picture comes first');
		const captions = await page
			.locator('.text pre')
			.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
		t.equal(
			captions[0],
			'DAXV-0001/fs_dax_get_by_bdev on v6.0, v6.8, v6.12-stable, v7.1: ops is null at the end, expected B',
		);
		for (const outcome of ['claimed', 'busy'])
			t.ok(captions.includes(`DAXV-0001/fs_dax_get ends as ${outcome}`), outcome);
		t.strictSame(complaints, []);
		await page.context().close();
	});

	await t.test('the first picture is of the bug that the vector is about', async (t) => {
		// On v7.1 a double fetch fails it too, and comes first in the report.
		const { page } = await visit(browser, join(folder, 'v/DAXV-0056/index.html'));
		t.match(await page.locator('.picture h3').innerText(), /^ops is null/);
		await page.context().close();
	});

	await t.test('the index searches tags, calls, commits and Message-IDs', async (t) => {
		const { page, complaints } = await visit(browser, join(folder, 'index.html'));
		const shown = page.locator('tbody tr:visible');
		const total = await shown.count();
		const search = async (words: string) => {
			await page.locator('.filter input').fill(words);
			return (await shown.locator('a').allInnerTexts()) as string[];
		};
		for (const words of [
			'7a6db2eb6d5d',
			'kill_dax',
			'0100019e3d04daf8-f230e618',
			'lost-update',
			'DAXV-0001',
		]) {
			const found = await search(words);
			t.ok(found.length > 0 && found.length < total, `${words}: ${found.length}`);
		}
		t.ok((await search('7a6db2eb6d5d')).includes('DAXV-0001'));
		t.strictSame(await search('no such words'), []);
		const row = page.locator('[data-vector="DAXV-0001"]');
		t.strictSame(await row.locator('.on').allTextContents(), [
			'v6.0',
			'v6.8',
			'v6.12-stable',
			'v7.1',
		]);
		await search('');
		await page.locator('[name=state]').selectOption({ label: 'v7.3' });
		t.notOk(await row.isVisible(), 'v7.3 does not fail it');
		await page.locator('[name=state]').selectOption({ label: 'v7.1' });
		t.ok(await row.isVisible());
		await page.locator('[name=state]').selectOption('');
		await search('');
		await page.locator('[name=tag]').selectOption('srcu');
		const tagged = (await library()).filter(({ vector }) => vector.tags.includes('srcu'));
		t.equal(await shown.count(), new Set(tagged.map(({ vector }) => vector.id)).size);
		await shown.first().locator('a').click();
		await page.waitForURL('**/v/DAXV-*/index.html');
		t.match(await page.locator('h1').innerText(), /^DAXV-\d{4}$/, 'the link leads to the vector');
		t.strictSame(complaints, []);
		await page.context().close();
	});

	await t.test('pages are readable without scripts', async (t) => {
		const { page } = await visit(browser, join(folder, 'index.html'), { javaScriptEnabled: false });
		t.notOk(await page.locator('.filter').isVisible());
		await page.locator('tbody a').first().click();
		await page.waitForURL('**/v/DAXV-*/index.html');
		t.ok(await page.locator('.lanes').first().isVisible());
		await page.locator('summary', { hasText: 'as text' }).first().click();
		t.match(await page.locator('.text pre').first().innerText(), /^ +release +claim$/m);
		await page.locator('nav a', { hasText: 'cite' }).click();
		await page.waitForURL('**/guide/cite.html');
		t.equal(await page.locator('h1').innerText(), 'Cite a vector');
		await page.context().close();
	});

	await t.test('pages pass axe, light and dark, wide and narrow', async (t) => {
		for (const path of ['index.html', 'v/DAXV-0031/index.html', 'guide/run.html'])
			for (const [colorScheme, viewport] of [
				['light', WIDE],
				['dark', NARROW],
			] as const) {
				const { page, complaints } = await visit(browser, join(folder, path), {
					colorScheme,
					viewport,
				});
				t.strictSame(await violations(page), [], `${path} ${colorScheme} ${viewport.width}`);
				// The examples of guides are as wide as a terminal, and scroll.
				if (!path.startsWith('guide/'))
					t.strictSame(await outside(page), [], `${path} ${viewport.width}`);
				const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number;
				t.ok(wide <= viewport.width, `${path} is not wider than the page: ${wide}`);
				t.strictSame(complaints, []);
				await page.context().close();
			}
	});
});
