// SPDX-License-Identifier: MIT
/** The page of a report in a real browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { page as pageOfReports } from '../../../runner/report/html/page';
import type { Result } from '../../../schema/types/report';
import { caseOf, decideOn, library } from '../../cases';
import { needs } from '../../needs';
import { failure, race, result } from '../../records';
import { violations } from './axe';
import { launch, NARROW, outside, visit, WIDE } from './browser';
import { many, pageOf, reportOf, worst } from './reports';

const BROWSER = needs('browser');

const REVISIONS = ['v6.0', 'v6.12-stable', 'v7.1', 'series-v3', 'v7.3'] as const;
const RACE = 'DAXV-0001';

/** Results of the library on some revisions; failures are known ones, but for series-v3. */
async function decided(): Promise<Result[]> {
	const results: Result[] = [];
	for (const test of await library())
		for (const name of REVISIONS) {
			const decided = await decideOn(test, name);
			const known = decided.scored && decided.verdict === 'fail' && name !== 'series-v3';
			results.push({ ...decided, ...(known && { verdict: 'xfail', reason: 'as known' }) });
		}
	return results;
}

const results = decided();
async function written(t: Test, html: string): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'dax-vectors-'));
	t.teardown(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'report.html');
	writeFileSync(file, html);
	return file;
}

/** Long, because its subtests share one browser and one page. */
t.test('the page of a run over five revisions', BROWSER, async (t) => {
	const browser = await launch(t);
	const all = await results;
	const whole = await written(t, await pageOf(all));
	// A few vectors that together use every part of the page, because axe is slow.
	const few = [RACE, 'DAXV-0020', 'DAXV-0036', 'DAXV-0047'];
	const small = await pageOf(all.filter(({ vector }) => few.includes(vector)));
	const file = await written(t, small);
	const open = (page: Page, id: string) => page.locator(`[data-vector="${id}"] > summary`).click();

	await t.test('shows failing vectors, an interleaving and the citation', async (t) => {
		const { page, complaints } = await visit(browser, file);
		const broken = page.locator('.broken li', { hasText: RACE });
		t.match(await broken.innerText(), /the new holder is registered, but it is never told/);
		t.match(await broken.innerText(), /v6\.0 v6\.12-stable v7\.1$/m, 'where');
		t.equal(
			await broken.locator('a', { hasText: 'v7.1' }).getAttribute('href'),
			`#${RACE}.1`,
			'the interleaving there',
		);
		await broken.locator('a').first().click();
		const body = page.locator(`[id="${RACE}"]`);
		await t.resolves(body.waitFor(), 'a link opens its vector');
		const table = body.locator('.outcomes').nth(1);
		t.match(
			await table.innerText(),
			/none of them\t1\t1\t1\t/,
			'traces without an allowed outcome',
		);
		t.match(await table.innerText(), 'fails, as known');
		const first = page.locator(`[id="${RACE}.1"]`);
		t.match(await first.innerText(), 'ops is null at the end, expected B');
		t.match(await first.innerText(), 'in 1 of 4 traces, the shortest with 1 preemption');
		t.match(await first.innerText(), 'Known on v6.0, v6.12-stable, v7.1: as known');
		t.strictSame(await first.locator('.highlighted').allInnerTexts(), [
			'8\t\tholder_ops A → B (plain)',
			'11\tholder_ops B → NULL (plain) 8\t',
		]);
		t.match(await first.innerText(), /dax-vectors replay dv1\.0001\.\S+@v6\.12-stable/);
		t.match(await body.locator('pre.copyable').innerText(), /^Fixes: 8012b8660855 \("dax: /m);
		t.match(await body.locator('pre mark').innerText(), 'device: {alive: true, holder: B, ops: B}');
		t.strictSame(complaints, [], 'no error, no request');
		await page.context().close();
	});

	await t.test('steps with the arrow keys', async (t) => {
		const { page, complaints } = await visit(browser, `${file}#${RACE}.1`);
		const lanes = page.locator(`[id="${RACE}.1"] .lanes`);
		const said = page.locator(`[id="${RACE}.1"] .stepper output`);
		await said.waitFor();
		t.equal(await said.innerText(), 'before step 1 of 13: flags true, holder_data A, holder_ops A');
		t.equal(await lanes.locator('tr.later').count(), 0, 'nothing is dimmed before the first step');
		const hints = page.locator('.stepper .dim:visible');
		t.strictSame(await hints.allInnerTexts(), ['the keys ← and → step'], 'of one table');
		await page.keyboard.press('ArrowRight');
		t.match(await said.innerText(), /^after step 1 of 13/, 'without a click or a focus before');
		await lanes.focus();
		await page.keyboard.press('End');
		t.equal(
			await said.innerText(),
			'after step 13 of 13: flags true, holder_data B, holder_ops NULL, i_count 2',
		);
		await page.keyboard.press('Home');
		t.equal(await said.innerText(), 'before step 1 of 13: flags true, holder_data A, holder_ops A');
		for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowDown');
		t.match(
			await said.innerText(),
			'after step 7 of 13: flags true, holder_data B, holder_ops A, i_count 3',
		);
		t.equal(await lanes.locator('tr.now').innerText(), '7\t\tholder_data NULL → B 2');
		t.match(
			await lanes.locator('tr.seen').innerText(),
			/^2\tholder_data A → NULL/,
			'the write that it saw',
		);
		t.equal(await lanes.locator('tr.later').count(), 6);
		t.equal(await lanes.locator('path.now').count(), 1, 'and an arrow from there');
		t.equal(await lanes.locator('path.bug').count(), 1, 'the two accesses of the bug are linked');
		await page.keyboard.press('ArrowLeft');
		t.match(await said.innerText(), /^after step 6 of 13/);
		await page.keyboard.press('End');
		await page.keyboard.press('ArrowRight');
		t.match(await said.innerText(), /^after step 13 of 13/, 'no further than the end');
		await page.locator(`[id="${RACE}.1"] .stepper button`, { hasText: 'back' }).click();
		t.match(await said.innerText(), /^after step 12 of 13/);
		t.strictSame(complaints, []);
		await page.context().close();
	});

	await t.test('copies a token and a citation', async (t) => {
		const { page } = await visit(browser, `${file}#${RACE}`, {
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		for (const text of ['pre.copyable', '.replays code']) {
			const copied = page.locator(`[id="${RACE}"] ${text}`).first();
			const wanted = await copied.innerText();
			const clipboard = () => page.evaluate('navigator.clipboard.readText()');
			// The clipboard changes some time after a click, and not for a page that has just lost the focus.
			for (let clicks = 0; clicks < 20 && (await clipboard()) !== wanted; clicks++) {
				await page.bringToFront();
				await copied.locator('+ button').click();
				await sleep(200);
			}
			t.equal(await clipboard(), wanted);
		}
		await page.context().close();
	});

	await t.test('filters by text, state, implementation and tag', async (t) => {
		const { page } = await visit(browser, whole);
		const shown = page.locator('.matrix tbody tr:visible');
		const said = page.locator('.filter output');
		const total = await shown.count();
		t.equal(await said.innerText(), `${total} of ${total} vectors`);
		await page.keyboard.press('/');
		await page.keyboard.type('7a6db2eb6d5d');
		t.ok((await shown.count()) > 0 && (await shown.count()) < 20, 'by a commit');
		t.ok((await shown.allInnerTexts()).some((text) => text.startsWith(RACE)));
		await page.locator('.filter input').fill('no such words');
		t.equal(await shown.count(), 0);
		t.equal(await page.locator('.vector:visible').count(), 0, 'nor their details');
		await page.locator('.filter input').fill('');
		await page.locator('[name=state]').selectOption('open');
		const open = new Set(all.filter(({ scored }) => !scored).map((each) => each.vector));
		t.equal(await shown.count(), open.size);
		await page.locator('[name=state]').selectOption('differs');
		for (const text of await shown.allInnerTexts()) t.match(text, /fail/i, 'differs, so some fail');
		await page.locator('[name=state]').selectOption({ label: 'fails on series-v3' });
		const v3 = all.filter(
			(each) => each.implementation === 'reference:series-v3' && each.failures.length > 0,
		);
		t.equal(await shown.count(), new Set(v3.map(({ vector }) => vector)).size, 'on one of them');
		await page.locator('[name=state]').selectOption('');
		await page.locator('[name=tag]').selectOption('srcu');
		const tagged = (await library()).filter(({ vector }) => vector.tags.includes('srcu'));
		t.equal(await shown.count(), new Set(tagged.map(({ vector }) => vector.id)).size);
		await page.context().close();
	});

	await t.test('is readable without scripts', async (t) => {
		const { page, complaints } = await visit(browser, `${file}#${RACE}.1`, {
			javaScriptEnabled: false,
		});
		t.ok(
			await page.locator(`[id="${RACE}.1"] .lanes`).isVisible(),
			'a link opens what it leads to',
		);
		await open(page, 'DAXV-0020');
		t.ok(await page.locator('[id="DAXV-0020"] .lanes').first().isVisible(), 'so does a click');
		t.notOk(await page.locator('.filter').isVisible(), 'controls that need a script are absent');
		t.equal(await page.locator('button').count(), 0);
		t.strictSame(complaints, []);
		await page.context().close();
	});

	await t.test('passes axe, light and dark, wide and narrow', async (t) => {
		for (const colorScheme of ['light', 'dark'] as const)
			for (const viewport of [WIDE, NARROW]) {
				const { page, complaints } = await visit(browser, `${file}#${RACE}.1`, {
					colorScheme,
					viewport,
				});
				await open(page, 'DAXV-0020');
				await page.locator(`[id="${RACE}.1"] .stepper`).waitFor();
				await page.locator(`[id="${RACE}.1"] .lanes`).press('ArrowUp');
				const told = await violations(page);
				t.strictSame(told, [], `${colorScheme} ${viewport.width}`);
				t.strictSame(await outside(page), [], `${viewport.width}`);
				t.strictSame(complaints, []);
				await page.context().close();
			}
	});

	await t.test('the keys step the interleaving in view, and no input', async (t) => {
		const { page } = await visit(browser, `${file}#${RACE}.2`);
		const said = page.locator(`[id="${RACE}.2"] .stepper output`);
		await said.waitFor();
		await page.evaluate(`document.getElementById('${RACE}.2').scrollIntoView()`);
		await page.locator(`[id="${RACE}.2"] .stepper .dim:visible`).waitFor();
		await page.keyboard.press('ArrowRight');
		t.match(await said.innerText(), /^after step 1 of/);
		await page.evaluate('document.querySelector("[name=text]").focus({ preventScroll: true })');
		await page.keyboard.press('ArrowRight');
		t.match(await said.innerText(), /^after step 1 of/, 'the cursor of an input moves');
		await page.context().close();
	});

	await t.test('a known failure is as red as a new one', async (t) => {
		const { page } = await visit(browser, file);
		const red = (selector: string, property: string): Promise<unknown> =>
			page.evaluate(
				`getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`,
			);
		const wanted = await red('.matrix .v.fail', 'background-color');
		t.match(wanted as string, /^rgb/);
		t.equal(await red('.matrix .v.xfail', 'color'), wanted);
		t.equal(await red('.conclusions .n.xfail', 'color'), wanted);
		t.equal(await red('.broken .on:not(.new)', 'border-top-color'), wanted);
		await page.context().close();
	});

	await t.test('the keyboard reaches every control', async (t) => {
		const { page } = await visit(browser, `${file}#${RACE}.1`);
		const reached = new Set<string>();
		await page.locator('[name=text]').focus();
		for (let tab = 0; tab < 60; tab++) {
			await page.keyboard.press('Tab');
			reached.add(
				(await page.evaluate(
					'document.activeElement.className || document.activeElement.name || document.activeElement.localName',
				)) as string,
			);
		}
		for (const name of ['state', 'tag', 'a', 'summary', 'lanes', 'button', 'scroll'])
			t.ok(reached.has(name), name);
		await page.context().close();
	});
});

t.test('shows results under a memory model beside those of interleavings', BROWSER, async (t) => {
	const [WEAK, MUTANT] = ['DAXV-0060/fs_dax_get', 'put-relaxed-release'];
	const sc = await reportOf([
		await decideOn(await caseOf(WEAK), MUTANT),
		await decideOn(await caseOf('DAXV-0001/fs_dax_get'), MUTANT),
	]);
	const under = await reportOf([
		await decideOn(await caseOf(WEAK), MUTANT, { memory: 'lkmm' }),
		await decideOn(await caseOf('DAXV-0001/fs_dax_get'), MUTANT, { memory: 'lkmm' }),
	]);
	const options = { ...under.header.options, memory: 'lkmm' as const };
	const weak = { ...under, header: { ...under.header, options } };
	const file = await written(t, pageOfReports([sc, weak], await library()));
	const browser = await launch(t);
	for (const viewport of [WIDE, NARROW]) {
		const { page, complaints } = await visit(browser, `${file}#DAXV-0060.1`, { viewport });
		const header = await page.locator('header').innerText();
		t.match(
			header,
			/every interleaving or every behaviour that the Linux kernel memory model allows/,
		);
		t.strictSame(await page.locator('.matrix thead th').allInnerTexts(), [
			'vector',
			MUTANT,
			`${MUTANT} (lkmm)`,
		]);
		const cells = page.locator('.matrix tr[data-vector="DAXV-0060"] td');
		t.strictSame(await cells.allInnerTexts(), ['pass', 'FAIL'], 'only the model fails');
		const broken = await page.locator('.broken li').allInnerTexts();
		t.match(
			broken,
			[/^DAXV-0060 .*\nput-relaxed-release \(lkmm\)$/],
			'open vectors are not listed',
		);
		t.equal(broken.length, 1);
		const first = page.locator('[id="DAXV-0060.1"]');
		t.match(await first.innerText(), 'expected B, under lkmm');
		t.strictSame(await first.locator('.remark').allInnerTexts(), [
			'(holder_ops = NULL waits)',
			'^^^ delayed',
		]);
		t.match(await first.locator('.moved').allInnerTexts(), [
			'on the CPU of release: the store to holder_ops is delayed past the update of holder_data',
		]);
		await page.locator('[name=state]').selectOption({ label: `fails on ${MUTANT} (lkmm)` });
		const shown = page.locator('.matrix tbody tr:visible');
		t.match(await shown.allInnerTexts(), [/^DAXV-0001/, /^DAXV-0060/]);
		t.strictSame(await violations(page), []);
		t.strictSame(complaints, []);
		await page.context().close();
	}
});

t.test(
	'a page of a hundred vectors by five implementations stays under 1 MB',
	BROWSER,
	async (t) => {
		const { cases, results: more } = many(await library(), await results, 100);
		const html = pageOfReports([await reportOf(more)], cases);
		t.ok(Buffer.byteLength(html) < 1_000_000, `${Buffer.byteLength(html)} bytes`);
		const browser = await launch(t);
		const { page, complaints } = await visit(browser, await written(t, html));
		t.equal(await page.locator('.matrix tbody tr').count(), 100);
		t.equal(await page.locator('.matrix tbody td').count(), 500);
		t.equal(await page.locator('details.vector').count(), 100);
		t.strictSame(complaints, []);
	},
);

t.test('a page over the limit leaves out known failures first', BROWSER, async (t) => {
	const { cases, reports } = await worst();
	const [report] = reports;
	const [first, ...others] = report!.results;
	const known = others.map((each) => ({ ...each, verdict: 'xfail' as const }));
	const last = known.pop()!;
	const results = [first!, ...known, { ...last, verdict: 'fail' as const }];
	const html = pageOfReports([{ ...report!, results }], cases);
	t.ok(Buffer.byteLength(html) < 1_000_000, `${Buffer.byteLength(html)} bytes`);
	const file = await written(t, html);
	const { page, complaints } = await visit(await launch(t), `${file}#${last.vector}`);
	const articles = page.locator('.failure');
	t.equal(await articles.count(), results.length, 'an article for each failure');
	const drawn = await page.locator('.failure .lanes').count();
	const left = await page.locator('.failure .notice', { hasText: 'Left out' }).count();
	t.ok(drawn > 10 && left > 100, `${drawn} are drawn`);
	t.equal(drawn + left, results.length);
	const summary = page.locator('.notice', { hasText: `${left} interleavings are left out` });
	t.match(await summary.innerText(), /replay command/);
	t.equal(
		await page.locator('.failure .replays').count(),
		results.length,
		'each has its replay command',
	);
	for (const { id, vector, implementation } of [first!, last]) {
		const failed = page.locator(`[data-vector="${vector}"] .failure`, { hasText: `${id} on` });
		const own = failed.filter({ hasText: implementation.slice('native:'.length) });
		t.equal(await own.locator('.lanes').count(), 1, `${id} is new, so it is drawn`);
	}
	t.strictSame(complaints, []);
});

t.test('escapes hostile text of a report', BROWSER, async (t) => {
	const browser = await launch(t);
	for (const hostile of [
		`</script><script>document.title='taken'</script>`,
		`<!-- <img src="http://127.0.0.1:1/x" onerror="document.title='taken'">`,
		`" onfocus="document.title='taken'" autofocus x="`,
		'</style><style>*{display:none}</style>',
		'\u0000\u001b[2J\u202e\u2028</pre></details>',
	]) {
		const lanes = {
			threads: [hostile, 'b'],
			start: { alive: true, holder: hostile, ops: null },
			steps: [
				{ lane: 0, depth: 0, op: 'call', object: hostile, args: hostile },
				{
					lane: 1,
					depth: 1,
					op: 'write',
					object: hostile,
					old: null,
					new: hostile,
					source: hostile,
				},
				{ lane: 0, depth: 1, op: 'read', object: hostile, old: hostile, new: null, saw: 1 },
				{ lane: 0, depth: 1, op: 'warn', object: hostile },
			],
		} as const;
		const bad = failure({
			message: hostile,
			expectation: hostile,
			file: hostile,
			token: hostile,
			lanes: structuredClone(lanes) as never,
		});
		const given = {
			title: hostile,
			reason: hostile,
			implementation: hostile,
			outcomes: { [hostile]: 1 },
			failures: [bad, failure({ remarks: [hostile], message: hostile })],
			races: [race({ object: hostile })],
		};
		const html = await pageOf([
			result({ ...given, verdict: 'fail' }),
			result({ ...given, verdict: 'xfail', id: 'DAXV-9999', vector: 'DAXV-9999' }),
			result({ ...given, verdict: 'crash', id: 'DAXV-9998/x', vector: 'DAXV-9998' }),
		]);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
		t.notMatch(html, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
		const { page, complaints } = await visit(browser, await written(t, html));
		await page.locator('summary').first().click();
		t.ok(await page.locator('.lanes').first().isVisible());
		t.match(await page.title(), /^dax-vectors: /);
		t.equal(await page.locator('script').count(), 1);
		t.equal(await page.locator('style').count(), 1);
		t.equal(await page.locator('img').count(), 0);
		const dots = hostile.replace(/[\p{Cc}\p{Cf}\p{Zl}]/gu, '·');
		t.ok((await page.locator('.message').first().textContent())!.includes(dots), 'and readable');
		t.strictSame(complaints, [], 'no error, no request');
		await page.context().close();
	}
});
