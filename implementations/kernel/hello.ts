// SPDX-License-Identifier: MIT
/** The module's answer to "hello": its version, and the calls that it can make on this kernel. */
import type { CallName } from '../../schema/types/common';
import { moduleCalls } from '../calls';
import { notRun } from '../unavailable';

export interface Hello {
	/** Release of the kernel, such as "7.3.4+deb13-amd64". */
	readonly release: string;
	readonly calls: readonly CallName[];
	/** Why the module cannot make the other calls. */
	readonly missing: Readonly<Partial<Record<CallName, string>>>;
	/** Fields that functions read which the compiler may have inlined into their callers. */
	readonly inlined: ReadonlySet<string>;
}

/** Calls that the module makes on no kernel, with the reason. */
const NEVER: Hello['missing'] = {
	alloc_dax: 'the module makes its devices when it is loaded',
	dax_add_host: 'the module does not see accesses to the list of hosts',
	dax_dev_find: 'a call of posted series, which the module does not make',
	dax_remove_host: 'the module does not see accesses to the list of hosts',
};

/** Parses the answer that module/report.c defines. Throws Unavailable when the module has another version. */
export function readHello(answer: readonly string[], expected: string): Hello {
	const missing: Partial<Record<CallName, string>> = { ...NEVER };
	const inlined = new Set<string>();
	for (const line of answer.slice(0, -1)) {
		const [, name, reason] = /^without (\w+) (.*)$/.exec(line) ?? [];
		if (name) missing[name as CallName] = reason;
		if (line.startsWith('inlined ')) inlined.add(line.slice('inlined '.length));
	}
	if (answer.includes('blind'))
		throw notRun(
			'the machine\'s hardware breakpoints do not see cmpxchg(), as in parallel emulation: use KVM, or QEMU with "-accel tcg,thread=single"',
		);
	const [, version, release = '', , ...calls] = (answer.at(-1) ?? '').split(' ');
	if (version !== expected)
		throw notRun(
			'a module of another version is loaded: unload it with "rmmod dax_vectors" there, and run again',
		);
	return {
		release,
		calls: moduleCalls.filter((name) => calls.includes(name)),
		missing,
		inlined,
	};
}
