// SPDX-License-Identifier: MIT
import t from 'tap';
import { option, parse, UsageError } from '../../runner/commands/option';

const options = {
	all: option.flag({ about: 'everything' }),
	folder: option.text({ short: 'f', value: 'DIR', about: 'where' }),
	tag: option.list({ value: 'TAG', about: 'only these' }),
	order: option.oneOf(['any', 'named'], { about: 'order' }),
	seconds: option.count({ least: 1, about: 'how long' }),
};
const valuesOf = (...args: string[]) => parse('example', options, args).values;

t.test('an absent option is false, an empty list or undefined', async (t) => {
	const none = { all: false, folder: undefined, tag: [], order: undefined, seconds: undefined };
	t.strictSame(valuesOf(), none);
});

t.test('values have the type of their option', async (t) => {
	const { all, folder, tag, order, seconds } = valuesOf(
		...['--all', '-f', 'x', '--tag', 'a', '--tag=b', '--order', 'named', '--seconds', '007'],
	);
	// Assignments that compile only with these types.
	const typed: [boolean, string | undefined, readonly string[], 'any' | 'named' | undefined] = [
		all,
		folder,
		tag,
		order,
	];
	const count: number | undefined = seconds;
	t.strictSame([...typed, count], [true, 'x', ['a', 'b'], 'named', 7]);
	t.equal(valuesOf('--folder', 'x', '--folder', 'y').folder, 'y', 'the last one counts');
});

t.test('words and options may be mixed, and -- ends the options', async (t) => {
	const { words, values } = parse('example', options, ['one', '--all', 'two', '--', '--tag']);
	t.strictSame([words, values.all, values.tag], [['one', 'two', '--tag'], true, []]);
});

t.test('rejects wrong values and unknown options, and suggests the nearest option', async (t) => {
	for (const [args, message] of [
		[['--seconds', '0'], '--seconds takes a whole number from 1, not "0"'],
		[['--seconds', '1e3'], '--seconds takes a whole number from 1, not "1e3"'],
		[['--seconds', '1234567890'], '--seconds takes a whole number from 1, not "1234567890"'],
		[['--order', 'constructor'], '--order takes any, named, not "constructor"'],
		[
			['--fodler', 'x'],
			/^Unknown option '--fodler': did you mean --folder\? see "dax-vectors example --help"$/,
		],
		[['--nosuch'], /^Unknown option '--nosuch': see "dax-vectors example --help"$/],
		[['--__proto__'], /^Unknown option '--__proto__': see/],
		[['-x'], /^Unknown option '-x': see/],
	] as const)
		t.throws(() => valuesOf(...args), { constructor: UsageError, message }, args.join(' '));
});
