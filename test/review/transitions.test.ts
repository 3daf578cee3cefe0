// SPDX-License-Identifier: MIT
/** Transitions of a sequence are found with few questions, around elements that cannot be judged. */
import t from 'tap';
import { type State, transitions } from '../../runner/review/transitions';

const STATES: Readonly<Record<string, State>> = {
	p: 'pass',
	f: 'fail',
	'-': 'none',
	'?': 'unknown',
};

/** Transitions of a text with a letter for each state, as "LAST>FIRST", and the number of questions. */
async function find(text: string): Promise<{ found: string[]; asked: number }> {
	const asked = new Set<number>();
	const found = await transitions(text.length, async (index) => {
		asked.add(index);
		return STATES[text[index] ?? '?'] ?? 'unknown';
	});
	return { found: found.map(({ last, first }) => `${last}>${first}`), asked: asked.size };
}

t.test('finds one transition with a number of questions that grows as the logarithm', async (t) => {
	for (let at = 1; at < 100; at++) {
		const { found, asked } = await find('p'.repeat(at) + 'f'.repeat(100 - at));
		t.same(found, [`${at - 1}>${at}`]);
		t.ok(asked <= 9, `${asked} questions`);
	}
});

t.test('finds what begins and ends within the sequence', async (t) => {
	for (let at = 1; at < 31; at++)
		for (let end = at + 1; end < 32; end++) {
			const text = 'p'.repeat(at) + 'f'.repeat(end - at) + 'p'.repeat(32 - end);
			t.same((await find(text)).found, [`${at - 1}>${at}`, `${end - 1}>${end}`]);
		}
});

t.test('finds the transitions among three states', async (t) => {
	t.same((await find('---pppfff')).found, ['2>3', '5>6']);
	t.same((await find('--ffffpp')).found, ['1>2', '5>6']);
});

t.test('looks at every element before it says that nothing changes', async (t) => {
	t.same(await find('p'.repeat(17)), { found: [], asked: 17 });
	t.same(await find('p'), { found: [], asked: 1 });
	t.same(await find(''), { found: [], asked: 0 });
});

t.test('names the elements that hide the answer, and no others', async (t) => {
	t.same((await find('pp??ff')).found, ['1>4']);
	t.same((await find('p?pp??ff?f')).found, ['3>6']);
	t.same((await find('??pf??')).found, ['2>3']);
	t.same((await find('???')).found, []);
});
