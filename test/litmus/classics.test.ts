// SPDX-License-Identifier: MIT
/** Compares the engine with the literature: each classic litmus test has the verdict that its file states. */
import t from 'tap';
import { type ModelName, models } from '../../runner/memory/models';
import { classics } from './classics';
import { observe } from './verdict';

const all = classics();

t.test('there are at least 60 classic litmus tests, some of every family', async (t) => {
	t.ok(all.length >= 60);
	const families = new Set(all.map(({ file }) => /^[^+.-]+/.exec(file)![0]));
	for (const family of ['MP', 'SB', 'LB', 'S', 'R', '2', 'IRIW', 'WRC', 'CoRR', 'CoWW'])
		t.ok(families.has(family), family);
	t.ok(all.filter(({ file }) => file.includes('srcu')).length >= 6);
	for (const { file, litmus } of all) t.equal(`${litmus.name}.litmus`, file);
});

for (const name of Object.keys(models) as ModelName[])
	t.test(`each classic litmus test has its stated verdict under ${name}`, async (t) => {
		for (const { litmus, answers } of all)
			t.equal(observe(litmus, models[name]).observation, answers[name], litmus.name);
	});

t.test('a weaker model allows at least as many final states as a stronger one', async (t) => {
	for (const { litmus } of all) {
		const [sc, tso, lkmm] = (['sc', 'tso', 'lkmm'] as const).map(
			(name) => observe(litmus, models[name]).states,
		);
		t.ok(sc! <= tso! && tso! <= lkmm!, `${litmus.name}: ${sc}, ${tso}, ${lkmm} final states`);
	}
});
