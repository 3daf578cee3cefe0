// SPDX-License-Identifier: MIT
/** The engine against the literature: each classic has the verdict that its memory model gives. */
import t from 'tap';
import { type ModelName, models } from '../../runner/memory/models';
import { classics } from './classics';
import { observe } from './verdict';

const all = classics();

t.test('there are at least 60, of every family', async (t) => {
	t.ok(all.length >= 60);
	const families = new Set(all.map(({ file }) => /^[^+.-]+/.exec(file)![0]));
	for (const family of ['MP', 'SB', 'LB', 'S', 'R', '2', 'IRIW', 'WRC', 'CoRR', 'CoWW'])
		t.ok(families.has(family), family);
	t.ok(all.filter(({ file }) => file.includes('srcu')).length >= 6);
	for (const { file, litmus } of all) t.equal(`${litmus.name}.litmus`, file);
});

for (const name of Object.keys(models) as ModelName[])
	t.test(`verdicts under ${name}`, async (t) => {
		for (const { file, litmus, answers } of all)
			t.equal(observe(file, litmus, models[name]).observation, answers[name], litmus.name);
	});

t.test('a weaker model allows whatever a stronger one allows', async (t) => {
	for (const { file, litmus } of all) {
		const [sc, tso, lkmm] = (['sc', 'tso', 'lkmm'] as const).map(
			(name) => observe(file, litmus, models[name]).states,
		);
		t.ok(sc! <= tso! && tso! <= lkmm!, `${litmus.name}: ${sc}, ${tso}, ${lkmm} final states`);
	}
});
