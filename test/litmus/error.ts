// SPDX-License-Identifier: MIT
import { UserError } from '../../runner/text/user-error';
import type { Position } from './syntax';

/** What is wrong with a litmus test, and where. */
export class LitmusError extends UserError {
	constructor(file: string, { line, column }: Position, message: string) {
		super(`${file}:${line}:${column}: ${message}`);
	}
}
