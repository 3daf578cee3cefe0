// SPDX-License-Identifier: MIT
/** A tree cannot have the compiler or the assembler read files from elsewhere, and no message has their text. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openNative } from '../../implementations/native';
import { portFolder } from '../../implementations/native/sources';
import { fileNeeds, needs } from '../needs';
import { type Edit, editedTree } from './edits';

fileNeeds(t, __filename, 'cc');

const temporary = (): string => mkdtempSync(join(tmpdir(), 'dax-foreign-'));

/** A file of the user that is no C. */
const SECRET = 'hunter2';
const secret = join(temporary(), 'secret');
writeFileSync(secret, `${SECRET} is: the "password\n`);
const log = join(temporary(), 'log');
writeFileSync(log, `error: ${SECRET}\n`);
/** One that is C. */
const header = join(temporary(), 'secret.h');
writeFileSync(header, `#define ${SECRET} 1\n`);

const tree = (...edits: Edit[]): string => editedTree(portFolder, temporary(), edits);

/** Adds text after the includes of super.c. */
const code = (text: string): Edit => ({
	from: '#include "dax-private.h"\n',
	to: `#include "dax-private.h"\n${text}`,
});

function reasonOf(folder: string): string {
	const native = openNative(folder);
	t.teardown(() => native.close?.());
	return native.obstacle?.reason ?? '';
}

const directives: readonly (readonly [name: string, text: string, reason: RegExp])[] = [
	['#include of a file that is no C', `#include "${secret}"\n`, /the tree includes \/\S+secret,/],
	['#include of C', `#include "${header}"\n`, /the tree includes \/\S+secret\.h,/],
	[
		'#include of a macro, in a function',
		`#define FILE "${secret}"\nint f(void)\n{\n	return\n#include FILE\n	;\n}\n`,
		/the tree includes \/\S+secret,/,
	],
	[
		'#include of a relative path',
		`#include "../../../../../../../../../..${header}"\n`,
		/includes/,
	],
	['#import', `#import "${header}"\n`, /the tree includes/],
	['#include_next', `#include_next "${header}"\n`, /the tree includes|file not found/],
	['a line of another file', `#line 1 "${secret}"\nint x = ;\n`, /error/],
	[
		'a line of another file that looks like an error',
		`#line 1 "${log}"\n#warning here\n#line 1 "super.c"\nint x = ;\n`,
		/expected expression/,
	],
	['#embed', `char x[] = {\n#embed "${secret}"\n};\n`, /super\.c has #embed/],
	['#embed as a digraph', `char x[] = {\n%: /* */ em\\\nbed "${secret}"\n};\n`, /has #embed/],
	['__has_include', `#if __has_include("${secret}")\nint x = ;\n#endif\n`, /has __has_include/],
	['.incbin', `asm(".incbin \\"${secret}\\"");\n`, /has \.incbin in inline/],
	['.incbin in parts', `asm(".inc" "b\\151n \\"${secret}\\"");\n`, /has \.incbin in inline/],
	['.INCBIN', `asm(".INCBIN \\"${secret}\\"");\n`, /has \.INCBIN in inline/],
	['.include', `asm(".include \\"${secret}\\"");\n`, /has \.include in inline/],
	[
		'a macro of the assembler',
		`asm(".macro read a b\\n.\\\\a\\\\b \\"${secret}\\"\\n.endm\\nread inc bin");\n`,
		/has \.macro in inline/,
	],
	['.irp', `asm(".irp a,bin\\n.inc\\\\a \\"${secret}\\"\\n.endr");\n`, /has \.irp in inline/],
	[
		'.irpc',
		`asm(".irpc a,b\\n.inc\\\\a\\\\()in \\"${secret}\\"\\n.endr");\n`,
		/has \.irpc in inline/,
	],
	[
		'a library in a section for the linker',
		`asm(".section .deplibs,\\"MS\\",%progbits,1\\n.asciz \\"${secret}\\"\\n.text");\n`,
		/has \.deplibs in inline/,
	],
];

for (const compiler of ['gcc', 'clang'])
	for (const [name, text, reason] of directives)
		t.test(
			`${compiler}: ${name} is refused without the text of the file`,
			needs(compiler === 'clang' ? 'clang' : 'cc'),
			async (t) => {
				const { CC } = process.env;
				process.env.CC = compiler;
				t.teardown(() => {
					if (CC === undefined) delete process.env.CC;
					else process.env.CC = CC;
				});
				const found = reasonOf(tree(code(text)));
				t.match(found, reason);
				t.notMatch(found, SECRET);
			},
		);

t.test('a header that is reached through a link out of the tree is refused', async (t) => {
	const folder = tree(code('#include "inner/secret.h"\n'));
	const inner = join(folder, 'drivers/dax/inner');
	symlinkSync(join(header, '..'), inner);
	t.match(reasonOf(folder), /the tree includes \/\S+secret\.h,/);
});

t.test('headers of the tree beside the compiled ones are read', async (t) => {
	const folder = tree(code('#include "inner/more.h"\n'), {
		in: 'dax_holder',
		from: 'dax_dev->holder_data',
		to: 'MORE(dax_dev)',
	});
	mkdirSync(join(folder, 'drivers/dax/inner'));
	const more = join(folder, 'drivers/dax/inner/more.h');
	writeFileSync(more, '#define MORE(dev) ((dev)->holder_data)\n');
	t.equal(reasonOf(folder), '');
});

t.test('a compilation that writes without end is stopped', async (t) => {
	t.match(
		reasonOf(tree(code('asm(".data\\n.fill 1 << 27, 1, 1\\n.text");\n'))),
		/does not compile|killed/,
	);
	t.match(reasonOf(tree(code('char x[1 << 27] = { 1 };\n'))), /does not compile|killed/);
});
