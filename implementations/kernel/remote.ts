// SPDX-License-Identifier: MIT
/** A running machine: the module is built there, for its kernel, loaded, and unloaded after the run. */
import { spawnSync } from 'node:child_process';
import { notRun } from '../unavailable';
import type { Host } from './machine';
import { moduleFolder, moduleOptions } from './module';
import { type Destination, remote } from './ssh';

/** Builds and loads the module; prints "kept" when it was loaded before, and then it stays loaded. */
const LOAD = `set -e
if [ -c /dev/dax-vectors ]; then echo kept; exit; fi
[ "$(id -u)" = 0 ] || { echo 'only root loads modules: ssh://root@HOST' >&2; exit 1; }
build="/lib/modules/$(uname -r)/build"
missing=
command -v make >/dev/null || missing=' make'
[ -e "$build/Makefile" ] || missing="$missing linux-headers-$(uname -r)"
[ -z "$missing" ] || { echo "no$missing there: apt-get install$missing" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -x -C "$folder"
make -s -C "$build" M="$folder" ${moduleOptions.join(' ')} modules >&2
insmod "$folder/dax-vectors.ko"`;

/** Parses ssh://USER@HOST:PORT; HOST may be a name from ~/.ssh/config. Gives undefined for another form. */
export function destinationOf(url: string): Destination | undefined {
	// ssh would take a host that begins with a dash for an option.
	const [, host, port] = /^ssh:\/\/((?:\w[\w.-]*@)?\w[\w.-]*)(?::(\d+))?\/?$/.exec(url) ?? [];
	if (host === undefined) return undefined;
	return { host, options: port === undefined ? [] : ['-p', port] };
}

/** Loads the module on the host. Throws Unavailable with the reason: the kernel has executed nothing yet. */
export async function reach(destination: Destination): Promise<Host> {
	const source = spawnSync('tar', ['-C', moduleFolder, '-c', '.'], { maxBuffer: 16 << 20 });
	const said = await remote(destination, LOAD, source.stdout).catch((error: Error) => {
		throw notRun(`${destination.host}: ${error.message}`);
	});
	const ours = said.trim() !== 'kept';
	return {
		destination,
		lastLines: () => [],
		stop: async () => {
			if (ours) await remote(destination, 'rmmod dax_vectors').catch(() => {});
		},
	};
}
