// SPDX-License-Identifier: MIT
/** Debian packages: looked up and downloaded by apt, unpacked without installing them and without root. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notRun } from '../unavailable';
import { command } from './command';

/** Options that select the package lists that apt reads; empty for the lists of this system. */
export type AptOptions = readonly string[];

/** Runs apt-get or apt-cache; gives its stdout. Throws Unavailable with what to do. */
export function apt(
	program: 'apt-get' | 'apt-cache',
	args: readonly string[],
	folder?: string,
): string {
	return command(program, args, {
		...(folder !== undefined && { cwd: folder }),
		explain: (output) => {
			const [first] = output.split('\n').filter((line) => !line.startsWith('W:'));
			return `${program}: ${first} (on Debian, as root: apt-get update)`;
		},
	});
}

/**
 * Fetches the package lists of Debian's suites, such as "sid", into a folder. Gives the options that make apt know
 * these suites only. Throws Unavailable.
 */
export function suiteOptions(folder: string, suites: readonly string[]): AptOptions {
	for (const name of ['lists', 'cache']) mkdirSync(join(folder, name), { recursive: true });
	const uri = mirror();
	const lines = suites.map((suite) => `deb ${uri} ${suite} main\n`);
	writeFileSync(join(folder, 'sources.list'), lines.join(''));
	writeFileSync(join(folder, 'status'), '');
	const options = [
		`Dir::State::lists=${folder}/lists`,
		`Dir::State::status=${folder}/status`,
		`Dir::Cache=${folder}/cache`,
		`Dir::Etc::SourceList=${folder}/sources.list`,
		'Dir::Etc::SourceParts=/dev/null',
		'Acquire::Languages=none',
	].flatMap((setting) => ['-o', setting]);
	apt('apt-get', [...options, '-qq', 'update']);
	return options;
}

/** Downloads packages into a folder; gives the paths of their files. Throws Unavailable. */
export function download(
	folder: string,
	packages: readonly string[],
	options: AptOptions = [],
): string[] {
	apt('apt-get', [...options, '-qq', 'download', ...packages], folder);
	const files = readdirSync(folder);
	return packages.map((name) => join(folder, files.find((file) => file.startsWith(`${name}_`))!));
}

/** Downloads packages and unpacks them into a folder. Throws Unavailable. */
export function unpack(
	folder: string,
	packages: readonly string[],
	options: AptOptions = [],
): void {
	for (const deb of download(folder, packages, options)) {
		command('dpkg-deb', ['-x', deb, folder]);
		rmSync(deb);
	}
}

/** URI of the mirror that this system's own packages come from. */
function mirror(): string {
	const uris = apt('apt-get', ['indextargets', '--format', '$(REPO_URI)']).split('\n');
	const uri = uris.find((each) => /\/debian\/?$/.test(each));
	if (!uri) throw notRun('apt knows no Debian mirror (on Debian, as root: apt-get update)');
	return uri;
}
