// SPDX-License-Identifier: MIT
/** A request keeps the process of a tree on one processor, and the runner only until the answer. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { openMachine } from '../../implementations/native/machine';
import { portFolder } from '../../implementations/native/sources';
import { findToolchain } from '../../implementations/native/toolchain';
import { compileFolder } from '../../implementations/native/tree';
import { needs } from '../needs';

/** The processors that a thread may use, such as "0-3". */
const processors = (path: string): string | undefined =>
	/^Cpus_allowed_list:\t(.*)$/m.exec(readFileSync(path, 'utf8'))?.[1];

const children = (): string[] =>
	readFileSync('/proc/thread-self/children', 'utf8').split(' ').filter(Boolean);

t.test('the runner may use every processor again after a request', needs('cc'), async (t) => {
	const toolchain = findToolchain();
	const { addon, command } = openMachine(toolchain);
	const { path } = compileFolder(portFolder, toolchain);
	const before = processors('/proc/thread-self/status');
	const known = new Set(children());
	const memory = addon.start(path, [...command, '1']);
	t.teardown(() => addon.stop(memory));
	t.equal(addon.request(memory), 0);
	t.equal(processors('/proc/thread-self/status'), before);
	const [child] = children().filter((pid) => !known.has(pid));
	t.match(processors(`/proc/${child}/status`), /^\d+$/);
});
