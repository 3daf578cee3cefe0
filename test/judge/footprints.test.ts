// SPDX-License-Identifier: MIT
/** Targets share the footprints of a case. */
import t from 'tap';
import { dependenceOf } from '../../runner/judge/judge-trace';
import { caseOf } from '../cases';

t.test('targets share the footprints of a case', async (t) => {
	const test = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	t.equal(dependenceOf(test), dependenceOf(test));
});

t.test('a target with other objects gets bits of its own', async (t) => {
	const test = await caseOf('DAXV-0001/fs_dax_get_by_bdev');
	for (const target of ['a', 'b', 'c'])
		for (let object = 0; object < 16; object++) dependenceOf(test).lock(`${target}${object}`);
	t.pass('48 objects, more than a mask has bits');
});
