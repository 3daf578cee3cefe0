// SPDX-License-Identifier: MIT
/** git bisect run stops at a usage or harness error, and names no commit. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { packageRoot } from '../../runner/text/package-root';
import { gitEnvironment } from '../git-environment';
import { needs } from '../needs';

const folder = mkdtempSync(join(tmpdir(), 'dax-bisect-ends-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
const bin = join(folder, '.git', 'bin');
const env = gitEnvironment(bin);

function sh(line: string): { code: number | null; out: string } {
	const { status, stdout } = spawnSync('sh', ['-c', `exec 2>&1; ${line}`], {
		cwd: folder,
		env,
		encoding: 'utf8',
	});
	return { code: status, out: stdout };
}

const vector = readFileSync(join(packageRoot, 'vectors/claim/DAXV-0001.yaml'), 'utf8').replace(
	/^id: .*$/m,
	'id: DAXV-0000',
);

/** Address and vector of each commit, oldest first; the middle one, which git tests first, cannot be used. */
const PASSES = ['reference', vector] as const;
const FAILS = ['reference:v7.1', vector] as const;

function commits(middle: readonly [address: string, text: string]): void {
	sh(`rm -rf .git address vector.yaml && git init -q && mkdir '${bin}'`);
	const cli = join(packageRoot, 'dist/runner/cli.js');
	const tool = join(bin, 'dax-vectors');
	writeFileSync(tool, `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
	chmodSync(tool, 0o755);
	for (const [index, [address, text]] of [PASSES, PASSES, middle, FAILS, FAILS].entries()) {
		writeFileSync(join(folder, 'address'), `${address}\n`);
		writeFileSync(join(folder, 'vector.yaml'), text);
		sh(`git add -A && git commit -q --allow-empty -m '${index}'`);
	}
}

const BISECT =
	'git bisect start HEAD HEAD~4 && git bisect run sh -c \'dax-vectors run vector.yaml -i "$(cat address)"\'';

t.test('a bisection whose commits can all be used ends at the first bad one', needs('git'), (t) => {
	commits(PASSES);
	const first = sh('git rev-parse HEAD~1').out.trim();
	const { code, out } = sh(BISECT);
	t.equal(code, 0, out);
	t.match(out, `${first} is the first bad commit`);
	t.end();
});

for (const [exit, about, middle] of [
	[129, 'a misspelt address', ['refrence', vector]],
	[128, 'a vector that is not valid', ['reference', vector.replace(/^title:.*$/m, '')]],
] as const)
	t.test(`${about} exits ${exit} and aborts the bisection`, needs('git'), (t) => {
		commits(middle);
		const { code, out } = sh(BISECT);
		t.not(code, 0, out);
		t.match(out, new RegExp(`bisect run failed: exit code ${exit} from`));
		t.notMatch(out, 'is the first bad commit');
		if (exit === 128) t.match(out, 'E_MISSING_KEY');
		t.end();
	});
