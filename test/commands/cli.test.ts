// SPDX-License-Identifier: MIT

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commands } from '../../runner/commands';
import { exitCodes } from '../../runner/report/exit-codes';
import { packageRoot, version } from '../../runner/text/package-root';
import { needs } from '../needs';
import { shell, tool, toolHere } from '../tool';

t.test('--help shows every command, option, example and exit code', async (t) => {
	const overview = await tool(['--help']);
	t.equal(overview.code, 0);
	for (const name of Object.keys(commands)) t.match(overview.out, `  ${name} `);
	for (const [code, { help }] of Object.entries(exitCodes))
		t.ok(overview.out.includes(`  ${code.padEnd(4)} ${help}`), `exit code ${code}`);
	t.match(await toolHere(['help']), overview, 'help is the same as --help');
	t.match(await tool([]), { code: 129, out: overview.out }, 'exit code 2 without a command');
	t.match(await tool(['--version']), { code: 0, out: `${version}\n`, err: /^$/ });

	for (const [name, load] of Object.entries(commands)) {
		const { options, examples } = load();
		const help = await toolHere([name, '--help']);
		t.match(help, { code: 0, err: /^$/ }, name);
		t.match(await toolHere(['help', name]), help, `help ${name}`);
		for (const [option, { value, short, about }] of Object.entries(options)) {
			const flag = `${short ? `-${short}, ` : '    '}--${option}${value ? ` ${value}` : ''} `;
			t.ok(help.out.includes(flag), `${name} --${option}`);
			t.ok(help.out.includes(about), `${name} --${option} is explained`);
		}
		for (const [line, about] of examples) {
			const [, gap] = help.out.split(`\n  ${line}`).map((after) => after.split(about)[0]);
			t.match(gap, /^ {3,}$/, line);
		}
		t.ok(examples.length > 0, `${name} has an example`);
		for (const line of help.out.split('\n'))
			if (line.length > 120) t.fail(`${name}: a line of ${line.length} characters`);
	}
});

t.test('exits with code 128 for a file that cannot be read', async (t) => {
	const { code, out, err } = await tool(['review', '/nope']);
	t.match({ code, out }, { code: 128, out: '' });
	t.match(err, 'there is no /nope: give a saved thread or a folder of patches');
});

t.test('there are at most 18 commands', async (t) => {
	t.ok(Object.keys(commands).length <= 18);
});

t.test('every example of the help runs as written', needs('bash', 'python3'), async (t) => {
	// Other tests run the examples that need a tree, a history, a draft, reports or a guest, write files or take long.
	const others =
		/^dax-vectors (review |blame |new |cite --range|hunt|try |replay TOKEN|report (merge one|statement run)|lint .*draft\.yaml|lint --record|matrix|export --litmus .DAXV-\*|guest |watch )|native:|--open/;
	for (const [name, load] of Object.entries(commands))
		for (const [line] of load().examples) {
			if (others.test(line)) continue;
			const { code, err, out } = await shell(line);
			t.equal(code, 0, line);
			t.ok(out.length > 0, `${name} prints something`);
			t.notMatch(err, /dax-vectors:|internal error/);
		}
	// Written by an example of "report".
	rmSync(join(packageRoot, 'report.html'), { force: true });
});

t.test(
	'rejects a wrong command line with exit code 129, in one line with the next step',
	async (t) => {
		const lines: [string, RegExp][] = [
			['nosuch', /unknown command "nosuch": use one of run, /],
			['lnt', /unknown command "lnt": did you mean lint\? Use one of run, /],
			['--nosuch', /unknown command "--nosuch": use one of run, /],
			['help nosuch', /unknown command "nosuch": use one of run, /],
			['help constructor', /unknown command "constructor"/],
			['toString', /unknown command "toString"/],
			['run --nosuch', /Unknown option '--nosuch': see "dax-vectors run --help"/],
			[
				'run --shrad 1/2',
				/Unknown option '--shrad': did you mean --shard\? see "dax-vectors run --help"/,
			],
			['run --tag', /'--tag <value>' argument missing: see/],
			['run --tag --budget 1', /'--tag' argument is ambiguous: see/],
			['run --help=yes', /does not take an argument: see/],
			[
				'run DAXV-9998',
				/"DAXV-9998" matches no vector: see "dax-vectors list", from DAXV-0001 to /,
			],
			['run DXAV-0020', /matches no vector: did you mean DAXV-0020\?/],
			['run DAXV-OO20', /matches no vector: did you mean DAXV-0020\?/],
			['show 1/fs_dax_gt', /did you mean DAXV-0001\/fs_dax_get\?/],
			['run --open', /--open scores the vectors that you name: add an id/],
			['run -r jsn', /not "jsn": did you mean json\?/],
			['run -i refrence', /did you mean reference\? use reference/],
			['run --tag rmoval', /did you mean removal\?/],
			[
				'run --known-failures debain-6.12',
				/did you mean debian-6\.12\? use the path of a file, or one of debian-6\.1, /,
			],
			['run DAXV-0001/nobody', /matches no vector/],
			['run --tag nosuch', /no vector has the tags nosuch: see "dax-vectors list --tags"/],
			['run DAXV-0001 --tag removal', /no vector has the tags removal/],
			['run -i nosuch', /unknown implementation "nosuch": use reference/],
			['run --known-failures debian-6.13', /"debian-6\.13": use the path of a file, or one of /],
			['run -i reference:v6.13', /the reference has no "v6\.13": use one of v6\.0, /],
			['run -i reference:nosuch', /the reference has no "nosuch": use one of v6\.0, /],
			['run -i reference:constructor', /the reference has no "constructor"/],
			['run -i reference -i reference:merged', /--implementation reference is given twice/],
			[
				'run -r nosuch',
				/--reporter takes pretty, tap, ktap, lava, junit, github, markdown, json, not "nosuch"/,
			],
			['run --order some', /--order takes any, named, not "some"/],
			['run --strategy naive', /Unknown option '--strategy'/],
			['run --budget 0', /--budget takes a whole number from 1, not "0"/],
			['run --preemptions -1', /'--preemptions' argument is ambiguous/],
			['run --preemptions=-1', /--preemptions takes a whole number from 0, not "-1"/],
			['run --timeout soon', /--timeout takes a whole number/],
			['list 9001', /"9001" matches no vector/],
			['list --tag nosuch', /no vector has the tags/],
			['show', /show takes one id or file/],
			['show DAXV-0001 DAXV-0002', /show takes one id/],
			['show DAXV-000*', /matches \d vectors: show takes one id/],
			['show DAXV-0001/nobody', /matches no vector/],
			['matrix DAXV-0001', /matrix takes no ids/],
			['lint --record vectors/claim/DAXV-0001.yaml', /take the whole library: leave FILES out/],
			['cite DAXV-0001 --range HEAD', /cite takes an id or --range, not both/],
			['cite DAXV-0001 --run', /--run belongs to --range/],
			['try x.yaml --write', /--write belongs to --minimise/],
			['try x.yaml --minimise --watch', /--minimise and --watch exclude each other/],
			['try x.yaml --minimise -i reference -i native', /--minimise takes one --implementation/],
			['review', /review takes saved mails: a file, a folder of patches, or "-"/],
			['review a --reply -r json', /--reply prints mails: leave --reporter json out/],
			['blame', /blame takes one id and a range of commits, or --all and a range/],
			['blame --all DAXV-0001 HEAD', /blame takes one id and a range/],
			['replay', /replay takes one token, and the file of its vector/],
			['replay nosuch', /no replay token: one reads dv1\./],
			['replay dv2.0001', /format 2, and this runner reads format 1: update/],
			['replay dv1.9998.d481c622.AgIh', /foreign token: this library has no vector DAXV-9998/],
			['replay dv1.0001.00000000.AgIh', /stale token: the program of DAXV-0001 has changed/],
			['replay dv1.0001.d481c622.AgI', /is truncated/],
		];
		for (const [line, message] of lines) {
			const { code, out, err } = await toolHere(line.split(' '));
			t.equal(code, 129, line);
			t.equal(out, '', line);
			t.match(err, /^dax-vectors: .*\n$/, line);
			t.match(err, message, line);
		}
		t.match(
			await tool(['nosuch']),
			{ code: 129, out: '', err: /^dax-vectors: .*\n$/ },
			'a process exits with that code',
		);
	},
);

t.test('a known failure is xfail, and fail with an empty list of known failures', async (t) => {
	const folder = t.testdir({
		'none.yaml': 'format: 1\ntarget: none\nfailures: []\n',
		'empty.yaml': '',
		'stale.yaml':
			'format: 1\ntarget: stale\nfailures: [{fails: {DAXV-9998: [races]}, reason: gone long ago, link: <a@b>}]\n',
	});
	const run = ['run', 'DAXV-0001', '-i', 'reference:v6.12-stable'];
	const known = await tool(run);
	t.match(known, { code: 0, out: /^XFAIL {3}DAXV-0001\/fs_dax_get_by_bdev/m });
	const { code, out } = await tool([...run, '--known-failures', join(folder, 'none.yaml')]);
	t.equal(code, 1);
	t.match(out, /^FAIL {4}DAXV-0001\/fs_dax_get_by_bdev/m);
	t.match(out, /^1 does not apply: no fs_dax_get\(\)$/m);
	t.match(out, /^release +claim$/m, 'a column for each thread');
	t.match(out, /^ {2}holder_data A -> NULL$/m);
	t.match(out, /^ {2}holder_ops B -> NULL \(plain\)$/m);
	t.match(out, /^ {30,}holder_ops A -> B \(plain\)$/m);
	t.match(out, /^does not conform: DAXV-0001\n {2}DAXV-0001: known in v6\.0, .*v6\.12/m);
	t.notMatch(out, '\u001b');

	const empty = await tool([...run, '--known-failures', join(folder, 'empty.yaml')]);
	t.match(empty, { code: 128, err: /empty\.yaml.*E_DOCUMENTS/ });
	const stale = ['--known-failures', join(folder, 'stale.yaml'), '-i', 'reference'];
	const { code: staleCode, out: staleOut } = await tool([
		'run',
		'DAXV-0030',
		'-i',
		'reference:series-v3',
		...stale,
	]);
	t.equal(staleCode, 1);
	t.equal(staleOut.match(/E_KNOWN_FAILURE/g)?.length, 1, 'reported once');
});

t.test('the tokens in README can be replayed', async (t) => {
	const text = readFileSync(join(packageRoot, 'README.md'), 'utf8');
	const tokens = text.match(/dv1\.\d{4}\.[0-9a-f]{8}\.[\w-]+(@[\w.-]+\w)?/g) ?? [];
	for (const token of tokens) t.match(await tool(['replay', token]), { code: 1, err: /^$/ }, token);
	t.ok(tokens.length > 0);
});
