// SPDX-License-Identifier: MIT
/** Removes compiled files whose source is gone: tsc leaves them, and one such as registry.js hides registry/index.js. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../text/package-root';

export function removeOrphans(dist = join(packageRoot, 'dist'), sources = packageRoot): void {
	for (const part of ['runner', 'implementations', 'schema', 'test']) {
		const folder = join(dist, part);
		if (!existsSync(folder)) continue;
		for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
			const [, stem] = /^(.*?)(?:\.js|\.d\.ts)$/.exec(name) ?? [];
			if (stem === undefined || existsSync(join(sources, part, `${stem}.ts`))) continue;
			rmSync(join(folder, name));
		}
	}
}
