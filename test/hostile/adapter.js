// SPDX-License-Identifier: MIT
/** An adapter with fixed answers: node adapter.js FILE. FILE is JSON: {hello, answer, log}. */
const { readFileSync, writeSync } = require('node:fs');
const { createInterface } = require('node:readline');

const { hello, answer, log = '' } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const CALLS =
	'fs_dax_get fs_dax_get_by_bdev fs_put_dax put_dax kill_dax run_dax dax_holder_notify_failure dax_holder';

createInterface({ input: process.stdin }).on('line', (line) => {
	const { seq, request } = JSON.parse(line);
	const greeting = {
		seq,
		answer: 'hello',
		protocol: 1,
		name: 'hostile',
		version: '1',
		calls: CALLS.split(' '),
		fields: ['holder_data', 'holder_ops', 'flags', 'i_count'],
		explores: true,
		limits: {},
		...hello,
	};
	if (request === 'execute') writeSync(2, log);
	process.stdout.write(`${JSON.stringify(request === 'hello' ? greeting : { seq, ...answer })}\n`);
});
