// SPDX-License-Identifier: MIT
/** Runs the compiler on a tree's files, with bounds, and refuses those that have it read files from elsewhere. */
import { readFileSync } from 'node:fs';
import { runLimited } from '../system/command';
import {
	ASSEMBLER_FLAGS,
	ASSEMBLY_FLAGS,
	CHECK_FLAGS,
	INSTRUMENTATION,
	LINK_FLAGS,
	MESSAGE_FLAGS,
	PLUGIN_FLAGS,
	SHIM_FLAGS,
	TREE_FLAGS,
} from './flags';
import type { ForeignFiles } from './foreign-files';
import type { Toolchain } from './toolchain';

/** Each function gives the messages of the compiler when it has errors. Throws Unavailable. */
export class Compiler {
	constructor(
		private readonly toolchain: Toolchain,
		private readonly common: readonly string[],
		private readonly foreign: ForeignFiles,
	) {}

	/** Compiles to an object, through assembly text of the same name. */
	compile(inputs: readonly string[], object: string): string | undefined {
		const { family } = this.toolchain;
		const flags = [...TREE_FLAGS, ...INSTRUMENTATION[family], ...ASSEMBLY_FLAGS[family]];
		const assembly = object.replace(/o$/, 's');
		const errors = this.read([...flags, ...inputs, '-S', '-o', assembly]);
		if (errors !== undefined) return errors;
		this.foreign.checkAssembly(readFileSync(assembly, 'utf8'));
		return this.run([...ASSEMBLER_FLAGS[family], '-c', assembly, '-o', object]);
	}

	/** Looks for all errors, without code for them. */
	check(inputs: readonly string[]): string | undefined {
		return this.read([...TREE_FLAGS, ...CHECK_FLAGS[this.toolchain.family], ...inputs]);
	}

	/** Compiles files of the shim, and links them with objects. */
	link(files: readonly string[], output: string): string | undefined {
		const flags = [...SHIM_FLAGS, ...LINK_FLAGS, ...PLUGIN_FLAGS[this.toolchain.family]];
		return this.run([...this.common, ...flags, ...files, '-o', output]);
	}

	private read(args: readonly string[]): string | undefined {
		const messages = MESSAGE_FLAGS[this.toolchain.family];
		const ended = this.start([...this.common, ...messages, '-H', ...args]);
		const others = this.foreign.checkHeaders(ended.messages);
		return ended.failed ? others : undefined;
	}

	private run(args: readonly string[]): string | undefined {
		const { failed, messages } = this.start(args);
		return failed ? messages : undefined;
	}

	private start(args: readonly string[]): ReturnType<typeof runLimited> {
		const [program, ...first] = this.toolchain.cc;
		return runLimited(program, [...first, ...args]);
	}
}
