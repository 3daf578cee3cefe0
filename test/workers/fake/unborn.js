// SPDX-License-Identifier: MIT
// Ends by itself before it begins, as a worker does whose library has changed.
process.on('message', () => process.exit(1));
