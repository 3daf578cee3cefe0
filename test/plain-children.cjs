// SPDX-License-Identifier: MIT
/**
 * Loaded into each test file (.taprc), after tap's own hooks: tap would load them into every process of Node.js that a
 * test starts, too, which makes the command line take a third longer. Nothing here reads what they collect.
 */
require('process-on-spawn').removeAllListeners();
