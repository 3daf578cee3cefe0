// SPDX-License-Identifier: MIT
// Begins, and never comes back.
process.on('message', () => {
	process.send({ started: true }, () => {
		for (;;);
	});
});
