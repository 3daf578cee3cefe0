// SPDX-License-Identifier: MIT
/** Explains why a tree does not compile, and what to do. */

/** Messages of gcc, clang and ld about an unknown name. */
const NAMES = [
	/unknown type name [‘'`"](\w+)/,
	/implicit declaration of function [‘'`"](\w+)/,
	/undeclared function [‘'`"](\w+)/,
	/[‘'`"](\w+)[’'"] undeclared/,
	/undeclared identifier [‘'`"](\w+)/,
	/has no member named [‘'`"](\w+)/,
	/no member named [‘'`"](\w+)/,
	/undefined reference to [‘'`"](\w+)/,
	/undefined symbol: (\w+)/,
	/storage size of [‘'`"](\w+)[’'"] isn/,
	/[‘'`"](?:struct |union |enum )?(\w+)[’'"] (?:has|with|is an) incomplete type/,
	/incomplete type [‘'`"](?:struct |union |enum )?(\w+)/,
];

/** The first error, with its place in the tree and the missing name. */
export function explainCompileError(output: string, folder: string): string {
	const lines = output.split('\n').map((line) => line.replaceAll(`${folder}/`, ''));
	const first = lines.find((line) => /error:|undefined reference|undefined symbol/.test(line));
	const name = NAMES.map((pattern) => pattern.exec(first ?? '')?.[1]).find(Boolean);
	const advice = name
		? `this tree needs ${name} in implementations/native/shim/vocabulary.h`
		: 'the tree does not compile';
	return `${first?.trim() ?? lines[0]}; ${advice}`;
}
