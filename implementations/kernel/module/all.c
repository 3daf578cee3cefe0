// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module as one unit: the kernel's headers take a compiler longer than all
 * of this, and somebody waits for it.
 */
#include "calls.c"
#include "chardev.c"
#include "command.c"
#include "decode.c"
#include "device.c"
#include "log.c"
#include "main.c"
#include "mutex.c"
#include "observe.c"
#include "output.c"
#include "probe.c"
#include "program.c"
#include "refcount.c"
#include "report.c"
#include "run.c"
#include "schedule.c"
#include "section.c"
#include "stress.c"
#include "thread.c"
#include "trace.c"
#include "warning.c"
#include "watch.c"
