// SPDX-License-Identifier: MIT
/** From text to the lexemes of YAML, no deeper than the parser can go. */
import { Lexer } from 'yaml';
import { refusal } from './place';

/** Levels within each other. The parser recurses, and Node.js dies when its stack runs out. */
export const DEPTH_LIMIT = 32;

/** Throws InvalidFile. */
export function lex(file: string, text: string): string[] {
	const lexemes = [...new Lexer().lex(text)];
	let offset = 0;
	// How deep it goes within each open bracket, and before them in this line.
	const depths = [0];
	for (const token of lexemes) {
		// The lexer's own marks (a document starts, a scalar follows) are not part of the text.
		if ('\u0002\u0018\u001f\ufeff'.includes(token)) continue;
		const top = depths.length - 1;
		if (token === '[' || token === '{') depths.push(1);
		else if (token === ']' || token === '}') depths.splice(Math.max(top, 1));
		else if (token === '-' || token === '?' || token === ':') depths[top]!++;
		else if (token === ',' && top > 0) depths[top] = 1;
		else if (top === 0 && token.includes('\n')) depths[0] = 0;
		else if (top === 0 && text[offset - 1] === '\n' && token.trim() === '')
			depths[0] = token.length / 2;
		if (depths.reduce((a, b) => a + b) > DEPTH_LIMIT) {
			const message = `more than ${DEPTH_LIMIT} levels within each other`;
			throw refusal('E_SYNTAX', { file, text, offset }, message, 'No vector needs so many.');
		}
		offset += token.length;
	}
	return lexemes;
}
