// SPDX-License-Identifier: MIT
/** Printed commands are safe to paste: a shell splits them into the expected words and runs nothing else. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import t from 'tap';
import { KnownFailureList } from '../../runner/known-failures/list';
import { pretty } from '../../runner/report/pretty';
import { shellWord } from '../../runner/text/shell-word';
import { hostile, showing } from '../hostile';
import { failure, report, result, written } from '../records';

const folder = mkdtempSync(join(tmpdir(), 'dax-paste-'));
t.teardown(() => rmSync(folder, { recursive: true }));
const workFolder = join(folder, 'work');
mkdirSync(workFolder);

/** Runs a command in a shell with dax-vectors replaced; returns its words. Throws if the shell created a file. */
function pasted(command: string): string[] {
	const script = `dax-vectors() { printf '%s\\0' "$@"; }\n${command}\n`;
	const env = { PATH: process.env.PATH };
	const out = execFileSync('sh', ['-c', script.replaceAll('dax-vectors', 'dax_vectors')], {
		cwd: workFolder,
		env,
		encoding: 'utf8',
	});
	if (readdirSync(workFolder).length > 0) throw new Error(`${command}: ${readdirSync(workFolder)}`);
	return out.split('\0').slice(0, -1);
}

/** Commands in a text, each up to the end of its line. */
const commandsIn = (text: string): string[] =>
	[...text.matchAll(/dax-vectors (?:run|replay) .*/g)].map(([found]) => found);

t.test('shellWord() makes one word that is never an option', async (t) => {
	for (const [about, text] of hostile) {
		const words = pasted(`dax-vectors run ${shellWord(text)}`);
		t.equal(words.length, 2, about);
		t.notMatch(words[1], /^-/, about);
	}
});

t.test('commands of a report keep their words', async (t) => {
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

t.test('commands that update known failures keep their words', async (t) => {
	let whole = 0;
	for (const [about, text] of showing) {
		// A file name cannot have a slash.
		const name = text.replaceAll('/', '_').slice(0, 200);
		const file = join(folder, `${name}.yaml`);
		writeFileSync(file, 'format: 1\ntarget: mine\nfailures: [{fails: {DAXV-0020: []}}]\n');
		const commands = commandsIn(refused(() => KnownFailureList.read(file)));
		t.equal(commands.length, 1, about);
		for (const command of commands) {
			// A truncated command cannot be pasted.
			if (command.endsWith('...')) continue;
			whole++;
			t.same(pasted(command).length, 6, `${about}: ${command}`);
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
		const command = reason.slice(reason.lastIndexOf('; to remove the entry: ') + 23);
		const words = pasted(command);
		t.same(words.length, 6, `${about}: ${command}`);
		t.equal(words[4], relative(process.cwd(), good), about);
	}
	t.ok(whole > showing.length / 2, `${whole} commands were not truncated`);
});

function refused(read: () => unknown): string {
	try {
		read();
		return '';
	} catch (error) {
		return (error as Error).message;
	}
}
