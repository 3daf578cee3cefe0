// SPDX-License-Identifier: MIT
/** A litmus test of the C dialect as herd7 and klitmus7 read it, as data. */
import type { Source } from './source';

export type Expression =
	| { readonly is: 'number'; readonly value: number }
	| { readonly is: 'name'; readonly name: string; readonly at: number }
	| { readonly is: 'deref'; readonly of: Expression }
	| { readonly is: 'address'; readonly name: string }
	| { readonly is: 'not'; readonly of: Expression }
	| {
			readonly is: 'binary';
			readonly operator: string;
			readonly left: Expression;
			readonly right: Expression;
	  }
	| Call;

export interface Call {
	readonly is: 'call';
	readonly name: string;
	readonly args: readonly Expression[];
	readonly at: number;
}

export type Statement =
	| {
			readonly is: 'assign';
			/** A register by its name, or *pointer. */
			readonly target: Expression;
			readonly value: Expression;
			readonly at: number;
	  }
	| Call
	| {
			readonly is: 'if';
			readonly condition: Expression;
			readonly body: readonly Statement[];
			readonly otherwise: readonly Statement[];
	  };

export interface Process {
	/** Names of shared locations, or of pointers to them. */
	readonly parameters: readonly string[];
	readonly body: readonly Statement[];
}

/** A number, or the name of a location: its address. */
export type Constant = number | string;

export type Proposition =
	| { readonly is: 'true' | 'false' }
	| {
			readonly is: 'equal' | 'unequal';
			/** null: a shared location. */
			readonly process: number | null;
			readonly name: string;
			readonly value: Constant;
	  }
	| { readonly is: 'not'; readonly of: Proposition }
	| { readonly is: 'and' | 'or'; readonly left: Proposition; readonly right: Proposition };

export interface Litmus {
	readonly name: string;
	/** The Result that the comment at the top states; null without one. */
	readonly result: string | null;
	readonly init: ReadonlyMap<string, Constant>;
	readonly processes: readonly Process[];
	readonly filter: Proposition | null;
	readonly condition: Proposition;
	readonly source: Source;
}
