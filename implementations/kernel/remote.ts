// SPDX-License-Identifier: MIT
/** A running machine: the module is built there, for its kernel, loaded, and unloaded when the connection ends. */
import { type ChildProcessWithoutNullStreams, spawnSync } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { notRun } from '../unavailable';
import { moduleFolder, moduleOptions, moduleVersion } from './module';
import type { Host } from './session';
import { type Destination, ssh } from './ssh';

export interface RemoteHost extends Host {
	readonly boot: string;
	/** True if the module was loaded before, and stays loaded. */
	readonly kept: boolean;
}

/** Milliseconds until a connection that should end is ended. */
const UNLOAD_LIMIT = 10_000;

/**
 * Builds and loads the module, then waits for the end of its input and unloads: sshd closes the input when the runner
 * ends, is killed, or has lost the connection. The end of the input stops a build too. A module that was loaded
 * before stays loaded, and so does one that was loaded since: the inode of its device differs. The answer is "kept" or
 * "loaded", and the id of this boot.
 */
const guard = (archiveBytes: number, lost?: RemoteHost): string => `set -e
trap '' PIPE
boot=$(cat /proc/sys/kernel/random/boot_id)
exec 3<&0
if [ -c /dev/dax-vectors ]; then
	${lost ? FREE : ''}
	${lost?.kept === false ? '' : 'echo "kept $boot"; exit'}
else
	[ "$(id -u)" = 0 ] || { echo 'only root loads modules: ssh://root@HOST' >&2; exit 1; }
	build="/lib/modules/$(uname -r)/build"
	missing=
	command -v make >/dev/null || missing=' make'
	[ -e "$build/Makefile" ] || missing="$missing linux-headers-$(uname -r)"
	[ -z "$missing" ] || { echo "no$missing there: apt-get install$missing" >&2; exit 1; }
	folder=$(mktemp -d)
	trap 'rm -rf "$folder"' EXIT
	head -c ${archiveBytes} <&3 | tar -x -C "$folder"
	make -s -C "$build" M="$folder" ${makeOptions().join(' ')} modules \\
		</dev/null >"$folder/log" 2>&1 3<&- &
	make=$!
	{ cat <&3 >/dev/null; kill $make; } 2>/dev/null &
	wait $make || {
		compiler=$(sed -nE '${NO_COMPILER}' "$folder/log" | head -n 1)
		if [ -n "$compiler" ]; then
			echo "no $compiler there: apt-get install \${compiler#*-linux-gnu-}"
		else
			grep -E -m 1 'error:|not found|\\*\\*\\*' "$folder/log" || tail -n 1 "$folder/log"
		fi >&2
		exit 1
	}
	insmod "$folder/dax-vectors.ko"
	rm -rf "$folder"
fi
loaded=$(ls -i /dev/dax-vectors)
echo "loaded $boot"
cat <&3 >/dev/null
for try in 1 2 3 4 5 6 7 8 9; do
	[ "$(ls -i /dev/dax-vectors 2>/dev/null)" = "$loaded" ] || break
	rmmod dax_vectors 2>/dev/null && break
	sleep 1
done`;

/** Ends processes of a lost connection that keep the device open. */
const FREE = `for file in /proc/[0-9]*/fd/*; do
		[ "$file" -ef /dev/dax-vectors ] || continue
		process=\${file#/proc/}
		kill -KILL "\${process%%/*}" 2>/dev/null || true
	done`;

/** sed: the compiler that make did not find. */
const NO_COMPILER =
	's/.*[ :]([^ :]*(gcc|clang)[^ :]*): (command )?(not found|No such file.*)$/\\1/p';

const makeOptions = (): string[] => [...moduleOptions, `DV_VERSION=${moduleVersion()}`];

/** Parses ssh://USER@HOST:PORT; HOST may be a name of ~/.ssh/config, or [IPV6]. Gives undefined for another form. */
export function destinationOf(url: string): Destination | undefined {
	// ssh would take a host that begins with a dash for an option.
	const [, user = '', name = '', port] =
		/^ssh:\/\/(\w[\w.-]*@)?(\w[\w.-]*|\[[\w:.%]+\])(?::(\d+))?\/?$/.exec(url) ?? [];
	const host = name.replace(/^\[(.*)\]$/, '$1');
	if (host === '' || (host !== name && !isIPv6(host))) return undefined;
	return { host: user + host, options: port === undefined ? [] : ['-p', port] };
}

/** Loads the module on the host; lost: the host whose connection was lost. Throws Unavailable with the reason. */
export async function reach(destination: Destination, lost?: RemoteHost): Promise<RemoteHost> {
	const archive = spawnSync('tar', ['-C', moduleFolder, '-c', '.'], { maxBuffer: 16 << 20 }).stdout;
	const child = ssh(destination, guard(archive.length, lost));
	const kill = () => void child.kill('SIGKILL');
	process.once('exit', kill);
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	child.stdin.on('error', () => {});
	child.stdin.write(archive);
	const { boot, kept } = await loaded(child).catch((error: Error) => {
		process.off('exit', kill);
		throw notRun(`${destination.host}: ${error.message}`);
	});
	return {
		destination,
		boot,
		kept,
		lastLines: () => [],
		stop: async () => {
			child.stdin.end();
			const timer = setTimeout(kill, UNLOAD_LIMIT);
			await ended;
			clearTimeout(timer);
			process.off('exit', kill);
		},
	};
}

/** Resolves once the module is loaded. Rejects with stderr when that fails. */
function loaded(child: ChildProcessWithoutNullStreams): Promise<Pick<RemoteHost, 'boot' | 'kept'>> {
	let out = '';
	let err = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		err += text;
	});
	return new Promise((resolve, reject) => {
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
			const [, how, boot] = /^(kept|loaded) (\S+)\n/m.exec(out) ?? [];
			if (boot !== undefined) resolve({ boot, kept: how === 'kept' });
		});
		child.once('error', reject);
		child.once('close', (code) => reject(new Error(err.trim() || `ssh exited with ${code}`)));
	});
}
