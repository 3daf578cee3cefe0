// SPDX-License-Identifier: GPL-2.0-only
/* Observes WARNs of program threads, and re-arms those that warn once. */
#include <linux/kprobes.h>

#include "log.h"
#include "lookup.h"
#include "thread.h"
#include "trace.h"
#include "warning.h"

/* Entry of __warn(file, line, caller, ...). */
static int on_warning(struct kprobe *probe, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	struct dv_record *record;

	if (!thread)
		return 0;
	dv_log_expect_warning();
	if (!dv_control.recording)
		return 0;
	record = dv_add_record(DV_WARNING, thread->index);
	/* NULL without CONFIG_DEBUG_BUGVERBOSE. */
	record->file = (const char *)regs->di;
	record->line = regs->si;
	record->ip = regs->dx;
	return 0;
}

static struct kprobe warning = {
	.symbol_name = "__warn",
	.pre_handler = on_warning,
};

/* Clears the flags of WARN_ONCE() and of bug table entries. */
static void (*clear_bugs)(void);
static char *once_start, *once_end;

static void find_warn_once(void)
{
	clear_bugs = dv_look_up("generic_bug_clear_once");
	once_start = dv_look_up("__start_once");
	once_end = dv_look_up("__end_once");
}

void dv_reset_warn_once(void)
{
	if (clear_bugs)
		clear_bugs();
	if (once_start && once_end > once_start)
		memset(once_start, 0, once_end - once_start);
}

int dv_warning_start(void)
{
	int rc = register_kprobe(&warning);

	if (rc) {
		pr_err("no probe on %s: %d\n", warning.symbol_name, rc);
		warning.addr = NULL;
		return rc;
	}
	find_warn_once();
	return 0;
}

void dv_warning_stop(void)
{
	if (warning.addr)
		unregister_kprobe(&warning);
}
