// SPDX-License-Identifier: MIT
/**
 * The shell script that traces on a machine: an instance of tracefs and a group of kprobe events, both of its own. Reads
 * requests from stdin: "attach NAME" traces a callback, "end" marks the end in the trace. Removes instance and group at
 * the end of stdin, which comes when the runner ends, is killed, or has lost the connection. The next script removes those
 * of a script that was killed.
 */
import { CALLBACK, callbackArguments, type Probe, REQUIRED, RETURN } from './probes';

/** Begins the names of instances and groups, followed by the process id of the script. */
const PREFIX = 'dax_vectors_';
/** Returns that may be outstanding at once, by function. */
const MAX_ACTIVE = 64;
/** Kilobytes of the buffer of each processor: about 4,000 events with their stacks. */
const BUFFER_KB = 2048;

/** Words of the script's own lines, which begin with "=". */
export const SAYS = {
	ready: '=ready',
	refused: '=refused',
	missing: '=missing',
	fields: '=fields',
	lost: '=lost',
	done: '=done',
} as const;

/**
 * Callbacks by name; other ones are attached when a claim names them. grep reads 200,000 symbols ten times as fast as
 * sed.
 */
const CALLBACKS = `{
	grep -F notify_failure /proc/kallsyms |
		sed -nE 's/^[0-9a-f]+ [tT] (\\w*notify_failure)([[:space:]]+\\[(\\w+)\\])?$/\\3:\\1/p'
	echo xfs:xfs_dax_notify_failure
} | sed 's/^://' | grep -vE '^(__pfx_|.*:__pfx_|(.*:)?(ut_)?dax_holder_notify_failure$)' | sort -u`;

const add = ({ event, definition, isReturn, fields }: Probe): string =>
	`add ${event} '${isReturn ? `r${MAX_ACTIVE}` : 'p'}' '${definition}' '${fields}'`;

/** Regular expression of the names of all events. */
const names = (probes: readonly Probe[]): string =>
	[...probes.map(({ event }) => event), `${CALLBACK}[0-9]+(${RETURN})?`].join('|');

/** Gives the script. Probes hold no single quotes. */
export const tracingScript = (probes: readonly Probe[]): string => `trap '' PIPE HUP INT TERM
exec 3<&0 </dev/null
umask 077
tracefs=/sys/kernel/tracing
mounted=
refuse() {
	echo "${SAYS.refused} $*"
	exit 1
}
[ "$(id -u)" = 0 ] || refuse 'only root traces: ssh://root@HOST'
if [ ! -e $tracefs/kprobe_events ]; then
	mount -t tracefs none $tracefs 2>/dev/null || refuse 'no tracefs there: CONFIG_KPROBE_EVENTS and CONFIG_FTRACE'
	mounted=1
fi
cd $tracefs || exit
[ -w kprobe_events ] || refuse 'the kernel has no kprobe events: CONFIG_KPROBE_EVENTS, lockdown=none'

# Removes the events of a group and its instance.
clean() {
	[ -d "instances/$1" ] && {
		echo 0 >"instances/$1/events/$1/enable"
		for try in 1 2 3 4 5 6 7 8 9; do rmdir "instances/$1" && break; sleep 1; done
	}
	grep -o "[:]$1/[^ ]*" kprobe_events | while read -r event; do echo "-$event" >>kprobe_events; done
} 2>/dev/null
for old in instances/${PREFIX}*; do
	pid=\${old##*_}
	[ -d "$old" ] && ! kill -0 "$pid" 2>/dev/null && clean "${PREFIX}$pid"
done
group=${PREFIX}$$
instance=instances/$group
mkdir $instance || refuse 'the kernel makes no instance of its trace buffer'
trap 'clean $group; cd /; [ -z "$mounted" ] || umount $tracefs' EXIT

define() { printf '%s\\n' "$1" >>kprobe_events; } 2>/dev/null
add() {
	if [ -n "$4" ] && define "$2:$group/$1 $3 $4"; then
		echo "${SAYS.fields} $1"
	elif ! define "$2:$group/$1 $3"; then
		echo "${SAYS.missing} $1"
	fi
}
# Attaches to the callbacks of holders; $1: [MODULE:]FUNCTION.
attached=' '
count=0
attach() {
	case "$attached" in *" $1 "*) return ;; esac
	attached="$attached$1 "
	define "p:$group/${CALLBACK}$count $1 "'${callbackArguments} command=$comm' || return
	define "r${MAX_ACTIVE}:$group/${CALLBACK}$count""${RETURN} $1 "'result=$retval:s32' || return
	trace_stack ${CALLBACK}$count
	count=$((count + 1))
	echo 1 >$instance/events/$group/enable
	echo "attached \${1#*:}" >$instance/trace_marker
}
trace_stack() { echo stacktrace >$instance/events/$group/$1/trigger; } 2>/dev/null

${probes.map(add).join('\n')}
for event in ${REQUIRED.join(' ')}; do
	[ -d events/$group/$event ] || refuse "the kernel lacks $event, or refuses a probe there"
done
echo counter >$instance/trace_clock
echo 1 >$instance/options/sym-offset
echo ${BUFFER_KB} >$instance/buffer_size_kb
for event in events/$group/*; do
	case $event in *${RETURN}|*/enable|*/filter) ;; *) trace_stack "\${event##*/}" ;; esac
done
echo 1 >$instance/events/$group/enable || refuse 'the kernel does not enable the probes'
echo 1 >$instance/tracing_on
for name in $(${CALLBACKS}); do attach "$name"; done
echo "${SAYS.ready} $(uname -r)"
# dd reads and writes: cat may splice, and would lock the pipe while it waits.
dd if=$instance/trace_pipe bs=65536 3<&- 2>/dev/null &
reader=$!
while read -r word name <&3; do
	case $word in
	attach) attach "$name" ;;
	end) echo end >$instance/trace_marker ;;
	esac
done
echo 0 >$instance/tracing_on
# SIGTERM is ignored.
kill -KILL $reader
wait $reader 2>/dev/null
for cpu in $instance/per_cpu/cpu*; do
	sed -nE "s#^(overrun|dropped events|commit overrun): ([1-9][0-9]*)\\$#${SAYS.lost} \\2 \\1 of \${cpu##*/}#p" $cpu/stats
done
sed -nE 's#^ *(${names(probes)}) +[0-9]+ +([1-9][0-9]*)$#${SAYS.lost} \\2 missed by the probe \\1#p' kprobe_profile
echo "${SAYS.done}"`;
