// SPDX-License-Identifier: MIT
// Begins, and takes all the memory there is.
process.on('message', () => {
	process.send({ started: true }, () => {
		const kept = [];
		for (;;) kept.push(new Array(1e6).fill({}));
	});
});
