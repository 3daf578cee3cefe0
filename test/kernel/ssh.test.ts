// SPDX-License-Identifier: MIT
/** ssh:// builds and loads the module on a running host, and unloads it afterwards. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import t from 'tap';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { boot, type Guest } from '../../implementations/kernel/guest';
import type { KernelBuild } from '../../implementations/kernel/kernel-build';
import { buildModule } from '../../implementations/kernel/module';
import { remote } from '../../implementations/kernel/ssh';
import { findTool } from '../../implementations/system/command';
import { needs, willRun } from '../needs';
import { tool } from '../tool';

const LIVE = needs('live kernel');

const folder = mkdtempSync(join(tmpdir(), 'dax-ssh-'));
t.teardown(() => rmSync(folder, { recursive: true }));
let kernel: KernelBuild;
let built: string;
let guest: Guest;

const shell = (line: string, input?: Buffer) => remote(guest.destination, line, input);
const runOn = (address: string, ...ids: string[]) =>
	tool(['run', '-i', address, ...ids], {
		env: { PATH: `${folder}${delimiter}${process.env.PATH}` },
	});
const run = (...ids: string[]) => runOn('ssh://root@127.0.0.1', ...ids);

t.before(async () => {
	if (!willRun('live kernel')) return;
	kernel = debianKernel('6.12');
	built = buildModule(kernel);
	guest = await boot(kernel, { modules: [] });
	// Options that a user would have in ~/.ssh/config.
	const options = guest.destination.options.map((word) => `'${word}'`).join(' ');
	const script = `#!/bin/sh\nexec ${findTool('ssh')} ${options} "$@"\n`;
	writeFileSync(join(folder, 'ssh'), script, { mode: 0o755 });
});
t.teardown(() => guest?.stop());

t.test(
	'a host without make or headers is not-run, with the command that installs them',
	LIVE,
	async (t) => {
		const refusal = async (...words: string[]) => {
			const { code, out } = await run('DAXV-0003');
			t.equal(code, 125);
			const all = words.join(' ');
			t.match(out, `root@127.0.0.1: no ${all} there: apt-get install ${all}\n`);
			t.match(out, /^NOT-RUN /m);
			t.equal(await shell('ls /tmp'), '', 'nothing is left there');
		};
		const headers = `linux-headers-${kernel.release}`;
		const build = `/lib/modules/${kernel.release}/build`;
		await refusal('make', headers);
		await shell('printf "#!/bin/sh\\nexit 2\\n" >/bin/make; chmod 755 /bin/make');
		await refusal(headers);
		await shell(`rm /bin/make; mkdir -p ${build}; touch ${build}/Makefile`);
		await refusal('make');
	},
);

t.test('a user other than root is not-run', LIVE, async (t) => {
	const home = '/home/somebody';
	await shell(`echo somebody:x:1000:1000::${home}:/bin/sh >>/etc/passwd; mkdir -p ${home}
cp -r /root/.ssh ${home}; chown -R 1000:1000 ${home}`);
	const { code, out } = await runOn('ssh://somebody@127.0.0.1', 'DAXV-0003');
	t.equal(code, 125);
	t.match(out, 'somebody@127.0.0.1: only root loads modules: ssh://root@HOST\n');
});

t.test('a failing build is not-run with the error of make', LIVE, async (t) => {
	const make = '#!/bin/sh\necho "cc: not found" >&2; exit 2\n';
	await shell('cat >/bin/make; chmod 755 /bin/make', Buffer.from(make));
	const { code, out } = await run('DAXV-0003');
	t.equal(code, 125);
	t.match(out, /^NOT-RUN .*\n +root@127\.0\.0\.1: cc: not found/m);
	t.equal(await shell('ls /tmp'), '', 'nothing is left there');
});

t.test('a host that can build decides the vector, and no module is left', LIVE, async (t) => {
	// The guest has no compiler: its make copies a module built here from the same files.
	await shell('cat >/module.ko', readFileSync(built));
	const make = `#!/bin/sh
for word; do case $word in M=*) folder=\${word#M=};; esac; done
[ -f "$folder/Kbuild" ] && [ -f "$folder/run.c" ] && cp /module.ko "$folder/dax-vectors.ko"
`;
	await shell('cat >/bin/make; chmod 755 /bin/make', Buffer.from(make));
	const { code, out } = await run('DAXV-0003', 'DAXV-0020');
	t.equal(code, 0, out);
	t.match(out, /1 skip, 2 pass/);
	t.equal(await shell('ls /tmp; ls /dev/dax-vectors 2>/dev/null; true'), '', 'nothing is left');
	t.notMatch(await shell('lsmod'), /dax_vectors/);
});

t.test('a module that was loaded before stays loaded', LIVE, async (t) => {
	await shell('insmod /module.ko');
	t.match(await run('DAXV-0020'), { code: 0 });
	t.match(await shell('lsmod'), /dax_vectors/);
});
