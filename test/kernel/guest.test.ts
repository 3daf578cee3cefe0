// SPDX-License-Identifier: MIT
/** dax-vectors guest boots a guest that runs until it is stopped. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import t from 'tap';
import { debianKernel } from '../../implementations/kernel/debian/kernel';
import { needs } from '../needs';
import { tool } from '../tool';

const LIVE = needs('live kernel');

// A cache of its own, so that a guest of the user stays untouched.
const cache = mkdtempSync(join(tmpdir(), 'dax-cache-'));
const room = join(cache, 'dax-vectors/kernel');
const env = { XDG_CACHE_HOME: cache };
const guest = (...words: string[]) => tool(['guest', ...words], { env });
t.teardown(async () => {
	await guest('stop');
	rmSync(cache, { recursive: true, force: true });
});

t.test('says that no guest runs, and how to boot one', async (t) => {
	for (const verb of ['ssh', 'log', 'stop'])
		t.match(await guest(verb), { code: 128, err: /no guest runs: dax-vectors guest boot/ }, verb);
	t.match(await guest('sing'), { code: 129, err: /boot, ssh, log, stop or scenario/ });
});

t.test('a version that Debian lacks is not-run, with those that it has', LIVE, async (t) => {
	t.match(await guest('boot', '9.9'), {
		code: 125,
		err: /Debian has no package of Linux 9\.9: use 7\.3, 7\.2, 6\.12, 6\.1/,
	});
});

t.test('boots a guest, runs a command in it, shows its log and stops it', LIVE, async (t) => {
	const { release, image } = debianKernel('6.12');
	const fetched = dirname(dirname(image));
	mkdirSync(room, { recursive: true });
	// The headers' absolute paths refer to the original cache.
	cpSync(fetched, join(room, basename(fetched)), { recursive: true, verbatimSymlinks: true });

	const booted = await guest('boot', '6.12');
	t.match(booted, { code: 0, out: /^Linux 6\.12\..* is up \(.*dax-vectors guest stop/s });
	t.match(await guest('boot'), {
		code: 125,
		err: /a guest runs already: dax-vectors guest stop/,
	});
	t.match(await guest('ssh', '--', 'uname', '-r'), { code: 0, out: `${release}\n` });
	t.match(await guest('ssh', 'exit 7'), { code: 7 });
	t.match(await guest('ssh', 'ls /dev/dax-vectors'), { code: 0 }, 'the module is there');
	t.match(await guest('log'), { code: 0, out: /dax-vectors: ready/ });

	const following = guest('log', '--follow');
	await guest('ssh', 'echo hello >/dev/console');
	await guest('ssh', "printf '\\033[31mred\\n::error::blue\\n' >/dev/console");
	t.match(await guest('stop'), { code: 0, out: /^Linux 6\.12.* is stopped/ });
	const followed = await following;
	t.match(followed, { code: 0, out: /hello/ }, 'what follows ends with the guest');
	t.match(followed.out, /·\[31mred\n·:error::blue/, 'what it says is text');
	t.notMatch(followed.out, /[^\P{Cc}\n]/u);
	t.notOk(existsSync(join(room, 'guest')), 'nothing is left');
	t.match(await guest('ssh'), { code: 128 });
});

t.test('a killed guest counts as not running', LIVE, async (t) => {
	t.match(await guest('boot'), { code: 0 });
	await guest('ssh', 'echo c >/proc/sysrq-trigger; sleep 100');
	t.match(await guest('log'), { code: 128, err: /no guest runs/ });
	t.match(await guest('boot'), { code: 0 }, 'and makes room');
	t.match(await guest('stop'), { code: 0 });
});
