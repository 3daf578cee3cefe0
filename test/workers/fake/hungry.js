// SPDX-License-Identifier: MIT
// Begins, and takes all the memory there is.
process.on('message', () => {
	process.send({ started: true }, () => {
		const kept = [];
		// Numbers, which nobody looks through for what they point at: it is over sooner.
		for (;;) kept.push(new Array(1e7).fill(0.5));
	});
});
