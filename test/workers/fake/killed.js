// SPDX-License-Identifier: MIT
// Begins, and is killed, as the kernel does to what takes all the memory.
process.on('message', () => {
	process.send({ started: true }, () => process.kill(process.pid, 'SIGKILL'));
});
