// SPDX-License-Identifier: MIT
/** Replay tokens: encoding, and refusal of malformed ones. */

import t from 'tap';
import { fromToken, TOKEN_LIMIT, toToken } from '../../runner/decide/replay-token';
import { open } from '../../runner/registry';
import { UserError } from '../../runner/text/user-error';
import { caseOf, library, reference } from '../cases';
import fc from '../fast-check';

const ABOUT = { vector: { id: 'DAXV-0001' }, fingerprint: '3f9a2c1b' } as Parameters<
	typeof toToken
>[0];
const FRONT = 'dv1.0001.3f9a2c1b.';

t.test('decodes every schedule that it encodes', async (t) => {
	const run = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 100 }));
	const schedules = fc
		.array(run, { maxLength: 40 })
		.map((runs) => runs.flatMap(([agent, length]) => new Array<number>(length).fill(agent)));
	let given = 0;
	fc.assert(
		fc.property(
			schedules,
			fc.constantFrom('reference', 'reference:series-v3', 'exec:x'),
			(schedule, on) => {
				const token = toToken(ABOUT, schedule, on);
				if (token === null) return schedule.length > 20;
				given++;
				const read = fromToken(token);
				t.ok(token.length <= TOKEN_LIMIT && /^[\w.@-]+$/.test(token), token);
				t.strictSame(read.schedule, schedule, token);
				t.match(read, { id: 'DAXV-0001', fingerprint: '3f9a2c1b' });
				return read.address === (on === 'reference:series-v3' ? on : null) || token.length > 50;
			},
		),
		{ numRuns: 300 },
	);
	t.ok(given > 100, `${given} tokens`);
});

t.test(
	'leaves out a name that does not fit, and returns null for a schedule that does not',
	async (t) => {
		const alternating = (length: number) => Array.from({ length }, (_, index) => index % 2);
		t.equal(toToken(ABOUT, [], 'reference'), `${FRONT}AA`, 'an empty schedule');
		t.equal(toToken(ABOUT, new Array(62).fill(7), 'reference'), `${FRONT}Av__`, 'runs beyond 31');
		t.equal(toToken(ABOUT, alternating(30), 'reference')?.length, TOKEN_LIMIT, 'the longest');
		t.equal(toToken(ABOUT, alternating(31), 'reference'), null, 'one switch too many');
		t.equal(toToken(ABOUT, [0, 8], 'reference'), null, 'an agent that three bits cannot name');
		const whole = toToken(ABOUT, alternating(20), 'reference:v6.12-stable');
		t.ok(whole?.endsWith('@v6.12-stable'));
		const bare = toToken(ABOUT, alternating(30), 'reference:v6.12-stable');
		t.equal(bare?.length, TOKEN_LIMIT, 'a name that does not fit is left out');
		t.equal(fromToken(bare!).address, null);
	},
);

t.test('refuses a malformed token with the reason', async (t) => {
	const refused = (text: string, why: RegExp) => {
		try {
			fromToken(text);
			t.fail(`${text} was read`);
		} catch (error) {
			t.ok(error instanceof UserError, text);
			t.match((error as Error).message, why, text);
			t.notMatch((error as Error).message, '\n');
		}
	};
	for (const text of [
		'',
		'TOKEN',
		'dv1',
		'dv1.0001',
		`x${FRONT}AgIh`,
		`${FRONT}AgIh `,
		`${FRONT}Ag=`,
	])
		refused(text, /^no replay token: one reads dv1\./);
	refused('dv1.1.3f9a2c1b.AgIh', /no replay token/);
	refused('dv1.0001.3F9A2C1B.AgIh', /no replay token/);
	refused(`${FRONT}AgIh@V3`, /no replay token/);
	refused(`${FRONT}AgAh`, /malformed token/);
	refused(`${FRONT}AgIhIQ`, /malformed token/);
	refused(`${FRONT}AB`, /malformed token/);
	refused('dv2.0001.3f9a2c1b.AgIh', /format 2, and this runner reads format 1: update/);
	refused('dv12.anything.else', /format 12/);

	const long = toToken(ABOUT, [0, 1, 2, 3, 4, 5, 6, 7, 0, 1], 'reference')!;
	for (let length = 0; length < long.length; length++)
		refused(long.slice(0, length), length <= FRONT.length ? /no replay/ : /is truncated/);
});

t.test('no two programs share a token', async (t) => {
	const cases = await library();
	const keys = cases.map(({ vector, fingerprint }) => `${vector.id}.${fingerprint}`);
	t.equal(new Set(keys).size, cases.length, 'no two cases share a token');
	const test = await caseOf('DAXV-0001/fs_dax_get');
	const schedule = [0, 0, 1];
	const [one] = await reference('v7.1').execute(test.program, [schedule]);
	const token = fromToken(toToken(test, schedule, 'reference:v7.1')!);
	const [again] = await open(token.address!)[0]!.execute(test.program, [token.schedule]);
	t.strictSame(again, one);
});
