// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globbySync } from 'globby';
import t from 'tap';
import { html, trusted } from '../../runner/text/markup';
import { packageRoot } from '../../runner/text/package-root';

t.test('escapes text in content and in attributes', async (t) => {
	const hostile = `</script><!-- <img src=x onerror="alert('1')"> & &amp;`;
	const { text } = html`<p title="${hostile}">${hostile}</p>`;
	t.equal((text.match(/[<>]/g) ?? []).length, 4, 'only the tags of the template');
	t.equal((text.match(/"/g) ?? []).length, 2);
	t.notMatch(text, "'");
	t.match(text, '&amp;amp;', 'an entity in a text is a text');
	t.equal(html`${'a\u0000\u001b[31m\u202e\u2028b\nc'}`.text, 'a··[31m··b\nc');
});

t.test('nests templates and lists, and renders null and false as nothing', async (t) => {
	t.equal(
		html`<ul>${['<', 1].map((each) => html`<li>${each}</li>`)}</ul>`.text,
		'<ul><li>&lt;</li><li>1</li></ul>',
	);
	t.equal(html`a${null}${undefined}${false}${''}${[]}b${0}`.text, 'ab0');
	t.equal(html`${trusted('<b>')}`.text, '<b>');
});

t.test('every template quotes the values within its tags', async (t) => {
	const files = globbySync(['runner/{report/html,diagram,text}/*.ts', 'runner/site/*.ts'], {
		cwd: packageRoot,
	});
	t.ok(files.length > 5);
	for (const file of files) {
		const text = readFileSync(join(packageRoot, file), 'utf8');
		t.notMatch(text, /\s[\w-]+='?\$\{/, file);
		t.notMatch(text, /<[^>`]*\son\w+=|javascript:/, `${file}: no handlers`);
	}
});
