// SPDX-License-Identifier: MIT
/** Hostile text that a vector, report, adapter or mail may contain, and checks that outputs render it harmless. */

/** Hostile texts by their effect. */
export const HOSTILE = {
	'colours and clears a terminal': 'a\u001b[31m\u001b[2Jb',
	'sets the title of a terminal': 'a\u001b]0;injected\u0007b',
	'is a link of a terminal': 'a\u001b]8;;http://evil.example/\u001b\\b\u001b]8;;\u001b\\',
	'is a control character of eight bits': 'a\u009b31mb\u0085c\u0090d\u009c',
	'contains BEL, BS, DEL and NUL': 'a\u0007b\u0008c\u007fd\u0000e',
	'overwrites its line': 'bad\rgood',
	'breaks a line': 'a\nok 1 - injected\nb',
	'breaks a line as Unicode does': 'a\u2028ok 1 - injected\u2029b',
	'reverses the direction of text': 'a\u202edetcejni\u202c \u2066b\u2069',
	'has characters of no width': 'a\u200bb\u200cc\u2060d\ufeffe\u00adf',
	'is an unpaired surrogate': 'a\ud800b',
	'is a noncharacter': 'a\ufffe\uffffb',
	'has Unicode tag characters': 'a\u{e0001}\u{e0041}b',
	'ends a script': '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
	'ends an attribute': '"\' onmouseover=alert(1) x="',
	'ends CDATA': ']]><injected/></failure>',
	'is an entity': '&injected;&#27;',
	'is a command of GitHub': '::error file=a,line=1::injected',
	'is a command of GitHub, further on': 'x\n::error::injected\n  ::warning::injected',
	'is an old command of GitHub': 'x ##[error]injected %0A##[error]y',
	'is a signal of LAVA': '<LAVA_SIGNAL_TESTCASE TEST_CASE_ID=injected RESULT=pass>',
	'is TAP': 'x\nok 1 - injected # SKIP\n1..0\nBail out! injected',
	'is a directive': 'x # SKIP # TODO injected',
	'ends a block of YAML': 'x\n...\n  ...\n---\nkey: [value',
	'is an alias': '*a &a !!js/function "x"',
	'ends a fence': 'x\n```\n</details>\n# injected\n````',
	'is a table': '| a | b |\n| --- | --- |',
	'is a command of a shell': '$(touch injected) `touch injected`; touch injected & x',
	'ends a quote of a shell': 'x\'; touch injected; \'$(touch injected)"; touch injected; "',
	'is an option': '--output=injected',
	'is a path': '../../../../etc/passwd',
	'is a path of the system': '/etc/passwd',
	'is a property of every object': '__proto__',
	'is a method of every object': 'constructor',
	'is a pattern': '(a+)+$ $1 $& $` [^]*',
	'is a format': '%s%n%d %c {{x}} #{x} \\u001b[2J \\x1b[2J \\e[2J',
	'is long': 'x'.repeat(20_000),
} as const satisfies Readonly<Record<string, string>>;

export const hostile = Object.entries(HOSTILE) as readonly (readonly [string, string])[];

const EVERYWHERE: readonly RegExp[] = [
	// Control and invisible characters other than tab and line feed.
	/(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
	// GitHub's runner takes :: at the beginning of a line, and ##[ anywhere, for a command.
	/^\s*::\w+( file=a,line=1)?::injected/m,
	/##\[/,
];

/** Patterns forbidden in one kind of output, beside those forbidden in all. */
const FORBIDDEN: Readonly<Record<string, readonly RegExp[]>> = {
	tap: [/^\s*(not )?ok \d+ - injected|^\s*1\.\.0|^\s*Bail out! injected/m],
	ktap: [/^\s*(not )?ok \d+ (- )?injected|^\s*1\.\.0|^\s*Bail out! injected/m],
	junit: [/<injected|<img src=x|<script>alert|[\ufffe\uffff]|\]\]>|&injected/],
	html: [/<injected|<img src=x|<script>alert|&injected/],
	lava: [/<LAVA_SIGNAL\w+ TEST_CASE_ID=injected/],
};

/** Finds active text in an output. name: the reporter, if the output is a report. */
export function obeyed(text: string, name = ''): string | undefined {
	const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
	const found =
		EVERYWHERE.map((pattern) => pattern.exec(text)).find(Boolean) ??
		(FORBIDDEN[name] ?? []).map((pattern) => pattern.exec(text)).find(Boolean) ??
		(name === 'markdown' ? /(?<!\\)<(img|script|injected)/.exec(outside) : null);
	return found
		? JSON.stringify(text.slice(Math.max(0, found.index - 40), found.index + 40))
		: undefined;
}

/** Writes text as ASCII-only JSON, which is also YAML. */
export const ascii = (data: unknown): string =>
	JSON.stringify(data, null, '\t').replace(
		/[^\n\t -~]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

/** Texts without invisible characters, which a vector may hold. */
export const showing = hostile.filter(([, text]) => !/(?![\t\n\r])[\p{C}\p{Zl}\p{Zp}]/u.test(text));
