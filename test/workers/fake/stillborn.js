// SPDX-License-Identifier: MIT
// Is killed, by whatever it may be, before it begins.
process.kill(process.pid, 'SIGKILL');
