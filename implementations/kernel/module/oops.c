// SPDX-License-Identifier: GPL-2.0-only
/*
 * Turns an oops at a NULL pointer into a fault of the execution: the kernel has
 * made the access and its exception handler is about to report it. The thread
 * is held until the execution ends, and its call is then abandoned. Any other
 * oops happens.
 */
#include <linux/kprobes.h>
#include <linux/sizes.h>

#include "guard.h"
#include "oops.h"
#include "thread.h"
#include "trace.h"

/* Addresses of members of a NULL pointer. */
#define NULL_BYTES	SZ_64K

bool dv_oops_is_seen;

static noinline void report_nothing(void)
{
	barrier();
}

/* Entry of page_fault_oops(regs, error_code, address). */
static int on_oops(struct kprobe *probe, struct pt_regs *regs)
{
	struct pt_regs *fault = (struct pt_regs *)regs->di;
	unsigned long address = regs->dx;
	struct dv_thread *thread = dv_current();

	if (!thread || !thread->guard || address >= NULL_BYTES)
		return 0;
	if (dv_control.recording)
		dv_fault(thread, fault->ip == address ? "null-call" :
							"null-dereference");
	else if (!READ_ONCE(dv_control.draining))
		return 0;
	dv_guard_abandon(thread, fault);
	regs->ip = (unsigned long)report_nothing;
	return 1;
}

/* Keeps the kernel from making the probe a jump, which cannot change ip. */
static void after_oops(struct kprobe *probe, struct pt_regs *regs,
		       unsigned long flags)
{
}

static struct kprobe oops = {
	.symbol_name = "page_fault_oops",
	.pre_handler = on_oops,
	.post_handler = after_oops,
};

void dv_oops_start(void)
{
	int rc = register_kprobe(&oops);

	dv_oops_is_seen = !rc;
	if (!rc)
		return;
	pr_warn("no probe on %s: %d; a NULL dereference is an oops\n",
		oops.symbol_name, rc);
	oops.addr = NULL;
}

void dv_oops_stop(void)
{
	if (oops.addr)
		unregister_kprobe(&oops);
}
