// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module as one compilation unit: most of the build time is the kernel's
 * headers. Layers, lowest first; a file uses its own layer and those above it
 * in this list.
 */

/* Data and text. */
#include "program.c"
#include "log.c"
#include "output.c"

/* Threads and what is recorded of them. */
#include "thread.c"
#include "trace.c"

/* The device and its calls. */
#include "lookup.c"
#include "exports.c"
#include "operations.c"
#include "dev_dax.c"
#include "fields.c"
#include "inode.c"
#include "device.c"
#include "driver.c"
#include "io.c"
#include "call.c"
#include "guard.c"
#include "calls.c"

/* Observers. */
#include "probe.c"
#include "decode.c"
#include "breakpoint.c"
#include "watch.c"
#include "refcount.c"
#include "number.c"
#include "warning.c"
#include "oops.c"
#include "mutex.c"
#include "section.c"
#include "grace.c"
#include "observe.c"

/* Executions. */
#include "schedule.c"
#include "run.c"
#include "stress.c"

/* The device node. */
#include "symbol.c"
#include "value.c"
#include "report.c"
#include "hello.c"
#include "parse.c"
#include "command.c"
#include "chardev.c"
#include "main.c"
