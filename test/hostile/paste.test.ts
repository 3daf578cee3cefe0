// SPDX-License-Identifier: MIT
/** What is printed to be pasted is pasted: a shell sees words, and nothing of a stranger's is executed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import t from 'tap';
import { KnownFailureList } from '../../runner/known-failures/list';
import { updateKnownFailures } from '../../runner/known-failures/update';
import { pretty } from '../../runner/report/pretty';
import { shellWord } from '../../runner/text/shell-word';
import { library } from '../cases';
import { hostile, showing } from '../hostile';
import { failure, report, result, written } from '../records';

const folder = mkdtempSync(join(tmpdir(), 'dax-paste-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const stand = join(folder, 'stand');
mkdirSync(stand);

/** What a shell makes of a command: its words. Fails where anything is left behind. */
function pasted(command: string): string[] {
	const script = `dax-vectors() { printf '%s\\0' "$@"; }\nvi() { printf '%s\\0' "$@"; }\n${command}\n`;
	const env = { PATH: process.env.PATH };
	const out = execFileSync('sh', ['-c', script.replaceAll('dax-vectors', 'dax_vectors')], {
		cwd: stand,
		env,
		encoding: 'utf8',
	});
	if (readdirSync(stand).length > 0) throw new Error(`${command}: ${readdirSync(stand)}`);
	return out.split('\0').slice(0, -1);
}

/** Commands in a text, each to the end of its line. */
const commandsIn = (text: string): string[] =>
	[...text.matchAll(/(?:dax-vectors (?:run|replay) |\$\{EDITOR:-vi\} ).*/g)].map(
		([found]) => found,
	);

t.test('a word', async (t) => {
	for (const [about, text] of hostile) {
		const words = pasted(`dax-vectors run ${shellWord(text)}`);
		t.equal(words.length, 2, about);
		t.notMatch(words[1], /^-/, about);
	}
});

t.test('the commands of a report', async (t) => {
	for (const [about, text] of hostile) {
		const failing = (implementation: string, token: string) =>
			result({ verdict: 'fail', implementation, failures: [failure({ token })] });
		const one = written(pretty, report([failing(`native:${text}`, text)]));
		const table = written(pretty, report([failing(`native:${text}`, text), result()]));
		const [replay, run] = [one, table].flatMap(commandsIn).map(pasted);
		t.equal(replay?.length, 4, `${about}: ${commandsIn(one)}`);
		t.equal(run?.length, 4, `${about}: ${commandsIn(table)}`);
	}
});

t.test('the commands about lists of known failures', async (t) => {
	const cases = await library();
	let whole = 0;
	for (const [about, text] of showing) {
		// A file may be called anything but a path.
		const name = text.replaceAll('/', '_').slice(0, 200);
		const file = join(folder, `${name}.yaml`);
		const seen = [result({ verdict: 'fail', id: 'DAXV-0001', vector: 'DAXV-0001' })];
		updateKnownFailures(file, name, seen, cases);
		const blank = refused(() => KnownFailureList.read(file));
		for (const command of commandsIn(blank)) {
			// Too long a line is cut, and nobody pastes that.
			if (command.endsWith('...')) continue;
			whole++;
			const words = pasted(command);
			// An editor and the file, or a run that fills in what it sees.
			t.same(words.length, command.startsWith('$') ? 2 : 6, `${about}: ${command}`);
		}
		const target = /^[\w.-]+$/.test(name) ? name : 'other';
		const good = join(folder, `${target}.yaml`);
		writeFileSync(
			good,
			`format: 1\ntarget: ${target}\nfailures:\n  - {fails: {DAXV-0020: [warnings/fs_put_dax]}, reason: ${JSON.stringify(`a reason: ${text}`)}, link: <a@b>}\n`,
		);
		const list = KnownFailureList.read(good);
		const passing = result({
			id: 'DAXV-0020',
			vector: 'DAXV-0020',
			implementation: `exec:${text}`,
		});
		const { verdict, reason } = list.apply(passing);
		t.equal(verdict, 'xpass', about);
		const command = reason.slice(reason.lastIndexOf('; to strike it off: ') + 20);
		const words = pasted(command);
		t.same(words.length, 6, `${about}: ${command}`);
		t.equal(words[4], relative(process.cwd(), good), about);
	}
	t.ok(whole > showing.length, `${whole} commands were not cut`);
});

function refused(read: () => unknown): string {
	try {
		read();
		return '';
	} catch (error) {
		return (error as Error).message;
	}
}
