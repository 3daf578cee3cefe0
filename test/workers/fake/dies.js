// SPDX-License-Identifier: MIT
// Begins, and dies of what it does.
process.on('message', () => {
	process.send({ started: true }, () => process.kill(process.pid, 'SIGSEGV'));
});
