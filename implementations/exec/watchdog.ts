// SPDX-License-Identifier: MIT
/**
 * Ends process groups when this process could not do it itself, because SIGKILL or the OOM killer ended it: a shell that
 * is told which groups there are through a pipe, and kills those that are left, and what they left, when the pipe ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { ownMarks } from './marked';

/** The script is fixed; all that it reads is a sign and a number on each line. */
const SCRIPT = `
groups=' '
while read -r sign group; do
	case $sign in
	+) groups="$groups$group " ;;
	-) groups="\${groups%% $group *} \${groups#* $group }" ;;
	esac
done
case $groups in *[0-9]*) ;; *) exit ;; esac
for group in $groups; do kill -9 "-$group"; done
for file in /proc/[0-9]*/environ; do
	pid=\${file#/proc/}
	grep -q "$1" "$file" && kill -9 "\${pid%/environ}"
done`;

let shell: ChildProcess | undefined;

/** Has a group ended with this process, or not any more. */
export function watch(sign: '+' | '-', group: number): void {
	if (shell === undefined) {
		// In a session of its own, so that what ends everybody at a terminal does not end it first.
		shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ownMarks], {
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
		});
		// Without a shell there is no second line of defence; the first is Group's own.
		shell.on('error', () => {});
		shell.stdin!.on('error', () => {});
		shell.unref();
		(shell.stdin as Socket).unref();
	}
	if (shell.stdin!.writable) shell.stdin!.write(`${sign} ${group}\n`);
}
