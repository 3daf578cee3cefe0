// SPDX-License-Identifier: MIT
/** Options of the compiler for a tree, the shim and their shared object. */

export const COMMON_FLAGS = [
	'-g1',
	// With DWARF 5, binutils of 2022 name the wrong file for half of the lines.
	'-gdwarf-4',
	'-std=gnu11',
	'-fPIC',
	'-fvisibility=hidden',
	'-fno-strict-aliasing',
	'-fno-delete-null-pointer-checks',
	'-fwrapv',
	'-fno-common',
	'-fno-builtin',
	'-fno-stack-protector',
	'-fno-omit-frame-pointer',
	'-fno-optimize-sibling-calls',
	'-nostdinc',
];

/** Messages without lines of the source, which #line can take from any file of the user. */
export const MESSAGE_FLAGS = {
	gcc: ['-fno-diagnostics-show-caret'],
	clang: ['-fno-caret-diagnostics', '-fno-color-diagnostics'],
};

/** Flags for assembly text that has inline assembly as the tree states it: clang would replace .incbin by its bytes. */
export const ASSEMBLY_FLAGS = { gcc: [], clang: ['-fno-integrated-as'] };

/** Flags of the assembler: the version of the line table, which the assembly text does not state. */
export const ASSEMBLER_FLAGS = {
	gcc: ['-g1', '-gdwarf-4'],
	clang: ['-fdebug-default-version=4'],
};

/** No plugin of the linker, which would read options and bytecode out of a section of the object. */
export const PLUGIN_FLAGS = { gcc: ['-fno-use-linker-plugin'], clang: ['-fno-lto'] };

/** -O0, because higher levels merge two accesses of the source into one. */
export const TREE_FLAGS = ['-O0', '-fsanitize=thread', '-Werror=implicit-function-declaration'];

export const INSTRUMENTATION = {
	gcc: ['--param=tsan-distinguish-volatile=1', '--param=tsan-instrument-func-entry-exit=0'],
	clang: [
		'tsan-distinguish-volatile=1',
		'tsan-instrument-func-entry-exit=0',
		'tsan-instrument-read-before-write=1',
	].flatMap((option) => ['-mllvm', `-${option}`]),
};

/** Flags of a check for errors, all of them, with places of use rather than of a macro's definition. */
export const CHECK_FLAGS = {
	gcc: ['-fsyntax-only', '-fmax-errors=0', '-ftrack-macro-expansion=0'],
	clang: ['-fsyntax-only', '-ferror-limit=0'],
};

/**
 * Flags of a tree with replaced words. The value of a call that never returns may become any integer or pointer; a pointer
 * to an unknown type may become no other pointer.
 */
export const REPLACED_FLAGS = ['-Wno-int-conversion', '-Werror=incompatible-pointer-types'];

export const SHIM_FLAGS = ['-O1', '-ffreestanding'];

// No RELRO: the machine copies the whole writable segment back.
export const LINK_FLAGS = [
	'-shared',
	'-nostdlib',
	'-Wl,-z,now',
	'-Wl,-z,defs',
	'-Wl,-z,norelro',
	'-Wl,-Bsymbolic',
	// Where the machine's loader finds the only function that it calls.
	'-Wl,--entry=dv_bind',
];
