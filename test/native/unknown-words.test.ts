// SPDX-License-Identifier: MIT
/** Trees with words that the vocabulary lacks: each vector that needs none of them gets its verdict. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { openNative } from '../../implementations/native';
import { decide } from '../../runner/decide/decide';
import { caseOf, OPTIONS } from '../cases';
import { needs } from '../needs';
import { debianTree, type Version } from './debian';
import { type Edit, editedTree } from './edits';

const DAX_H = 'include/linux/dax.h';
const COMPILERS = ['gcc', 'clang'] as const;
const TREE = needs('cc', 'kernel source');
const needsOf = (cc: (typeof COMPILERS)[number]) =>
	needs(cc === 'gcc' ? 'cc' : cc, 'kernel source');

function edited(edits: readonly Edit[], version: Version = '7.3'): string {
	return editedTree(debianTree(version), mkdtempSync(join(tmpdir(), 'dax-words-')), edits);
}

/** Opens a tree with a compiler. */
function openWith(cc: string, tree: string) {
	const { CC } = process.env;
	process.env.CC = cc;
	try {
		return openNative(tree);
	} finally {
		if (CC === undefined) delete process.env.CC;
		else process.env.CC = CC;
	}
}

/** Verdict and reason of a case on a tree. */
async function verdictOn(native: ReturnType<typeof openNative>, id: string) {
	const { verdict, reason } = await decide(await caseOf(id), native, OPTIONS);
	return { verdict, reason: reason ?? '' };
}

/** A claim that races with a release: fs_dax_get(), fs_put_dax(). */
const CLAIM = 'DAXV-0001/fs_dax_get';
/** A removal: kill_dax(). */
const REMOVAL = 'DAXV-0020';

interface Word {
	readonly about: string;
	readonly word: string;
	readonly edits: readonly Edit[];
	/** The case that reaches the word; every other gets its verdict. */
	readonly reached?: string;
}

const structMember = (text: string): Edit => ({
	file: DAX_H,
	from: 'struct dax_holder_operations {\n',
	to: `struct dax_holder_operations {\n${text}`,
});
const inline = (text: string): Edit => ({
	file: DAX_H,
	from: 'struct writeback_control;\n',
	to: `struct writeback_control;\n${text}\n`,
});
const inKill = (text: string): Edit => ({
	in: 'kill_dax',
	from: '\tclear_bit(DAXDEV_ALIVE, &dax_dev->flags);\n',
	to: `\t${text}\n\tclear_bit(DAXDEV_ALIVE, &dax_dev->flags);\n`,
});

const words: readonly Word[] = [
	{
		about: 'a type of a parameter',
		word: 'novel_t',
		edits: [inline('static inline int f(novel_t a)\n{\n\treturn 0;\n}')],
	},
	{
		about: 'a type that a body calculates with',
		word: 'novel_t',
		edits: [inline('static inline int f(novel_t a)\n{\n\treturn a & 1;\n}')],
	},
	{
		about: 'a type of which a body takes the size',
		word: 'novel_t',
		edits: [inKill('if (sizeof(novel_t) != 8)\n\t\treturn;')],
		reached: REMOVAL,
	},
	{
		about: 'a type of a parameter whose size an inline function takes',
		word: 'novel_t',
		edits: [
			inline('static inline int novel_size(novel_t *a)\n{\n\treturn sizeof(*a);\n}'),
			inKill('if (novel_size(NULL) != 8)\n\t\treturn;'),
		],
		reached: REMOVAL,
	},
	{
		about: 'a struct as a member',
		word: 'struct novel',
		edits: [structMember('\tstruct novel spare;\n')],
	},
	{
		about: 'a struct as a parameter',
		word: 'struct novel',
		edits: [inline('static inline int f(struct novel a)\n{\n\treturn 0;\n}')],
	},
	{
		about: 'a macro that declares members',
		word: 'NOVEL_RESERVE',
		edits: [structMember('\tNOVEL_RESERVE(1)\n\tNOVEL_RESERVE(2)\n')],
	},
	{
		about: 'an annotation of a variable',
		word: '__novel_section',
		edits: [{ from: '*dax_cache __read_mostly;', to: '*dax_cache __novel_section;' }],
	},
	{
		about: 'an export',
		word: 'EXPORT_SYMBOL_NOVEL',
		edits: [{ from: 'EXPORT_SYMBOL_GPL(run_dax);', to: 'EXPORT_SYMBOL_NOVEL(run_dax);' }],
	},
	{
		about: 'a function in an inline function',
		word: 'novel_page',
		edits: [
			inline('static inline struct page *f(struct folio *a)\n{\n\treturn novel_page(a, 0);\n}'),
		],
	},
	{
		about: 'a function of a removal',
		word: 'novel_call',
		edits: [inKill('novel_call(dax_dev);')],
		reached: REMOVAL,
	},
	{
		about: 'a constant of a removal',
		word: 'NOVEL_BIT',
		edits: [inKill('clear_bit(NOVEL_BIT, &dax_dev->flags);')],
		reached: REMOVAL,
	},
	{
		about: 'a function whose size is taken',
		word: 'novel_call',
		edits: [inKill('if (sizeof(novel_call(1)) != 4)\n\t\treturn;')],
		reached: REMOVAL,
	},
	{
		about: 'a function whose result has members',
		word: 'novel_call',
		edits: [inKill('novel_call(dax_dev)->member = 1;')],
		reached: REMOVAL,
	},
	{
		about: 'a member of a known struct',
		word: 'i_novel',
		edits: [inKill('dax_dev->inode.i_novel = 1;')],
		reached: REMOVAL,
	},
	{
		about: 'a member of a struct that is declared only',
		word: 'writeback_control',
		edits: [inline('static inline int f(struct writeback_control *a)\n{\n\treturn a->novel;\n}')],
	},
	{
		about: 'a member of another type',
		word: 'clear_bit',
		edits: [inKill('clear_bit(dax_dev->cdev & 1, &dax_dev->flags);')],
		reached: REMOVAL,
	},
	{
		about: 'a variable of an unknown struct',
		word: 'novel_init',
		edits: [inKill('struct novel a;\n\tnovel_init(&a);')],
		reached: REMOVAL,
	},
	{
		about: 'a known function with more arguments',
		word: 'clear_bit',
		edits: [inKill('clear_bit(1, &dax_dev->flags, 2);')],
		reached: REMOVAL,
	},
	{
		about: 'a known function with fewer arguments',
		word: 'clear_bit',
		edits: [inKill('clear_bit(1);')],
		reached: REMOVAL,
	},
	{
		about: 'a known macro with more arguments',
		word: 'xchg',
		edits: [inKill('xchg(&dax_dev->private, NULL, 3);')],
		reached: REMOVAL,
	},
	{
		about: 'a function that an initialiser names',
		word: 'novel_drop',
		edits: [{ from: '\t.drop_inode = inode_just_drop,', to: '\t.drop_inode = novel_drop,' }],
		reached: 'DAXV-0051',
	},
	{
		about: 'a declared function without a definition',
		word: 'novel_call',
		edits: [inKill('extern void novel_call(void);\n\tnovel_call();')],
		reached: REMOVAL,
	},
];

for (const cc of COMPILERS)
	for (const { about, word, edits, reached } of words)
		t.test(`${cc}: ${about} costs no vector but those that reach it`, needsOf(cc), async (t) => {
			const native = openWith(cc, edited(edits));
			t.teardown(() => native.close?.());
			t.equal(native.obstacle, undefined);
			// gcc takes an unknown export for a declaration.
			if (cc === 'clang' || !word.startsWith('EXPORT'))
				t.match(native.description, new RegExp(`; unknown words, .*: .*\\b${word}\\b`));
			t.match(await verdictOn(native, CLAIM), { verdict: 'pass' });
			const { verdict, reason } = await verdictOn(native, reached ?? REMOVAL);
			if (!reached) return t.equal(verdict, 'pass');
			t.equal(verdict, 'not-run');
			t.match(reason, /^\S+\.[ch]:\d+: (?:kill_dax|novel_size|iput)\(\) reaches /);
			t.match(reason, `needs ${word} in implementations/native/shim/vocabulary.h`);
		});

t.test('words of v6.18 and of vendors are in the vocabulary', TREE, async (t) => {
	const tree = edited([
		{
			file: DAX_H,
			from: `static inline bool daxdev_mapping_supported(const struct vm_area_desc *desc,
					    const struct inode *inode,
					    struct dax_device *dax_dev)
{
	if (!vma_desc_test(desc, VMA_SYNC_BIT))
		return true;`,
			to: `static inline bool daxdev_mapping_supported(vm_flags_t vm_flags,
					    const struct inode *inode,
					    struct dax_device *dax_dev)
{
	if (!(vm_flags & VM_SYNC))
		return true;`,
		},
		structMember('\tKABI_RESERVE(1)\n\tKABI_RESERVE(2)\n'),
		inline('static inline struct page *f(struct folio *a)\n{\n\treturn folio_page(a, 0);\n}'),
		inline('static inline bool g(struct file *a)\n{\n\treturn a->f_op != NULL;\n}'),
	]);
	const native = openWith('gcc', tree);
	t.teardown(() => native.close?.());
	t.notMatch(native.description, 'unknown words');
	t.match(await verdictOn(native, CLAIM), { verdict: 'pass' });
	t.match(await verdictOn(native, REMOVAL), { verdict: 'pass' });
});

/** Words whose replacement could change a verdict: no vector gets one. */
const refused: readonly (Word & { readonly reason: RegExp })[] = [
	{
		about: 'a constant in an initialiser',
		word: 'NOVEL_INIT',
		edits: [{ from: 'static dev_t dax_devt;', to: 'static dev_t dax_devt = NOVEL_INIT;' }],
		reason: /super\.c:\d+:\d+: error: .*NOVEL_INIT/,
	},
	{
		about: 'a constant of an enumeration',
		word: 'NOVEL_FIRST',
		edits: [{ from: '\tDAXDEV_ALIVE,\n', to: '\tDAXDEV_ALIVE = NOVEL_FIRST,\n' }],
		reason: /super\.c:\d+:\d+: error: .*NOVEL_FIRST/,
	},
	{
		about: 'a member of an initialiser',
		word: 'novel_inode',
		edits: [{ from: '\t.drop_inode =', to: '\t.novel_inode = dax_free_inode,\n\t.drop_inode =' }],
		reason: /super\.c:\d+:\d+: error: .*novel_inode/,
	},
	{
		about: 'an initcall',
		word: 'initcall',
		edits: [{ from: 'subsys_initcall(dax_core_init);', to: 'novel_initcall(dax_core_init);' }],
		reason: /undefined|error: /,
	},
	{
		about: 'data that the tree declares only',
		word: 'novel_data',
		edits: [inKill('extern int novel_data;\n\tif (novel_data)\n\t\treturn;')],
		reason: /undefined (?:reference to|symbol).*novel_data/,
	},
	{
		about: 'a type of the device number',
		word: 'alloc_dax',
		edits: [{ from: 'static dev_t dax_devt;', to: 'static novel_t dax_devt;' }],
		reason: /^while the tree boots, drivers\/dax\/super\.c:\d+: \w+\(\) reaches /,
	},
	{
		about: 'a function that runs while the tree boots',
		word: 'novel_call',
		edits: [{ in: 'dax_fs_init', from: '\tdax_mnt = ', to: '\tnovel_call();\n\tdax_mnt = ' }],
		reason:
			/^while the tree boots, drivers\/dax\/super\.c:\d+: dax_fs_init\(\) reaches novel_call; /,
	},
];

for (const cc of COMPILERS)
	for (const { about, word, edits, reason } of refused)
		t.test(`${cc}: ${about} is not replaced by a guess`, needsOf(cc), async (t) => {
			const { obstacle } = openWith(cc, edited(edits));
			t.equal(obstacle?.verdict, 'not-run');
			t.match(obstacle?.reason, reason);
			if (word !== 'alloc_dax')
				t.match(obstacle?.reason, new RegExp(`this tree needs \\w*${word} in `));
		});

t.test(
	'the setup of a vector that reaches an unknown word is not-run with the word',
	TREE,
	async (t) => {
		const native = openWith('gcc', edited([inKill('novel_call(dax_dev);')]));
		t.teardown(() => native.close?.());
		const test = await caseOf('DAXV-0097/dax_dev_get');
		t.ok(test.program.setup.some(({ call }) => call === 'kill_dax'));
		const { verdict, reason } = await decide(test, native, OPTIONS);
		t.equal(verdict, 'not-run');
		t.match(reason, /^drivers\/dax\/super\.c:\d+: kill_dax\(\) reaches novel_call; /);
	},
);
