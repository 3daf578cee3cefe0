// SPDX-License-Identifier: MIT
/** A self-contained page: styles and scripts are inline, and its content security policy blocks everything else. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Content, html, trusted } from '../../text/markup';
import { packageRoot } from '../../text/package-root';

export interface Page {
	readonly title: string;
	/** Names of files in browser/, such as "lanes.css". */
	readonly styles: readonly string[];
	readonly scripts: readonly string[];
	readonly body: Content;
}

export function document({ title, styles, scripts, body }: Page): string {
	const style = styles.map(asset).join('\n');
	const script = scripts.map((name) => `{\n${asset(name)}}`).join('\n');
	const policy = [
		"default-src 'none'",
		`style-src ${hash(style)}`,
		`script-src ${script === '' ? "'none'" : hash(script)}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="dax-vectors">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
${body}
${script !== '' && html`<script>${trusted(script)}</script>`}
</body>
</html>
`.text;
}

/** Source of a content security policy for an inline text. */
const hash = (text: string): string =>
	`'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Text of a file of the package, without its licence comment. */
function asset(name: string): string {
	const text = readFileSync(join(packageRoot, 'runner/report/html/browser', name), 'utf8');
	return text.replace(/^(\/\*.*?\*\/|\/\/.*)\n/, '');
}
