// SPDX-License-Identifier: MIT
import type { Implementation } from '../../implementations/implementation';
import { implementationName } from '../authoring/implementation-name';
import { exploreEnds } from '../authoring/try/ends';
import { loadProgram } from '../authoring/try/program';
import { type Proposal, proposal } from '../authoring/try/proposal';
import { defaults } from '../decide/defaults';
import { diagram } from '../diagram/columns';
import type { Case } from '../library/compile';
import type { LiveVector } from '../library/vector';
import type { Terminal } from '../text/terminal';
import { UserError } from '../text/user-error';

interface Proposed extends Proposal {
	readonly test: Case;
	/** Name of the variant; null when the draft has none. */
	readonly variant: string | null;
}

/** Prints the outcomes that a draft could allow. The last implementation counts as right. Throws UserError. */
export async function proposeOutcomes(
	file: string,
	implementations: readonly Implementation[],
	{ out, colors }: Terminal,
): Promise<void> {
	const last = implementations.at(-1);
	const right = last ? implementationName(last) : '';
	const proposals: Proposed[] = [];
	for (const test of loadProgram(file)) {
		const variant = test.id.split('/')[1] ?? null;
		const explored = await exploreEnds(test, implementations, defaults);
		if (explored.totals.size === 0)
			throw new UserError(`${file}: none of the implementations has the calls`);
		for (const [name, reason] of explored.incomplete)
			out(colors.dim(`# ${variant === null ? '' : `${variant}: `}${name}: ${reason}`));
		const words =
			variant === null ? {} : ((test.source.data as LiveVector).variants?.[variant] ?? {});
		const proposed = { test, variant, ...proposal(test, explored, { right, words }) };
		// Variants with the same ends share one set of outcomes.
		const same = ({ text }: Proposal) => withoutCounts(text) === withoutCounts(proposed.text);
		if (!proposals.some(same)) proposals.push(proposed);
	}
	for (const { text, variant } of proposals) {
		if (variant !== null && proposals.length > 1) out(colors.dim(`# variant ${variant}`));
		out(text.trimEnd());
	}
	for (const { test, named } of proposals)
		for (const [name, { example, implementation }] of named) {
			out('');
			out(`${colors.bold(name)}${colors.dim(`, on ${implementation}`)}`);
			for (const line of diagram(test.program, example)) out(`    ${line}`);
		}
}

/** The proposal without the comments that count traces. */
const withoutCounts = (text: string): string => text.replace(/^ *# .* traces? on .*\n/gm, '');
