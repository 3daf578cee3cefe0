// SPDX-License-Identifier: MIT
/** C that makes a system call without a library, for trees of tests. */
import type { Edit } from './edits';

/** Defines raw(number, a, b, c, d), in inline assembly, which the compiler does not instrument. */
const RAW = `
static long raw(long number, long a, long b, long c, long d)
{
#ifdef __x86_64__
	register long r10 __asm__("r10") = d;

	__asm__ volatile("syscall" : "+a"(number)
			 : "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
	return number;
#else
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;

	__asm__ volatile("svc #0" : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
	return x0;
#endif
}
`;

/** Numbers of system calls on x86-64 and arm64. */
export const NUMBERS = {
	openat: [257, 56],
	mmap: [9, 222],
	socket: [41, 198],
	clone: [56, 220],
	execve: [59, 221],
	kill: [62, 129],
	ptrace: [101, 117],
	futex: [202, 98],
	prctl: [157, 167],
	mkdirat: [258, 34],
	exit_group: [231, 94],
	rt_sigreturn: [15, 139],
	restart_syscall: [219, 128],
} as const;

/** The expression of a call in C, with at most four arguments. */
export const callIn = (name: keyof typeof NUMBERS, ...args: (string | number)[]): string => {
	const [x64, arm64] = NUMBERS[name];
	const padded = [...args, 0, 0, 0, 0].slice(0, 4).map((arg) => `(long)(${arg})`);
	return `raw(IS_X64 ? ${x64} : ${arm64}, ${padded.join(', ')})`;
};

/** Adds raw() and more text in front of the code of super.c. */
export const withCode = (text = ''): Edit => ({
	from: 'static DEFINE_XARRAY(dax_hosts);\n',
	to: `static DEFINE_XARRAY(dax_hosts);\n#ifdef __x86_64__\n#define IS_X64 1\n#else\n#define IS_X64 0\n#endif\n${RAW}${text}`,
});
