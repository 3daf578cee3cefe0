// SPDX-License-Identifier: GPL-2.0-only
#include <linux/hw_breakpoint.h>
#include <linux/perf_event.h>

#include "breakpoint.h"

bool dv_breakpoint_sees_locked;

void dv_breakpoint_attr(struct perf_event_attr *attr, const void *address)
{
	hw_breakpoint_init(attr);
	attr->bp_addr = (unsigned long)address;
	attr->bp_len = HW_BREAKPOINT_LEN_8;
	attr->bp_type = HW_BREAKPOINT_RW;
}

int dv_breakpoint_move(struct perf_event *event, const void *address)
{
	struct perf_event_attr attr = event->attr;

	attr.bp_addr = (unsigned long)address;
	return modify_user_hw_breakpoint(event, &attr);
}

static void on_locked(struct perf_event *event, struct perf_sample_data *data,
		      struct pt_regs *regs)
{
	*(int *)event->overflow_handler_context += 1;
}

/* Emulated processors in parallel do not see cmpxchg() (QEMU 7.2). */
int dv_breakpoint_test(void)
{
	static unsigned long word;
	struct perf_event_attr attr;
	struct perf_event *event;
	int seen = 0;

	dv_breakpoint_attr(&attr, &word);
	event = perf_event_create_kernel_counter(&attr, -1, current, on_locked,
						 &seen);
	if (IS_ERR(event)) {
		pr_err("no hardware breakpoint: %pe\n", event);
		return PTR_ERR(event);
	}
	cmpxchg(&word, 0, 1);
	perf_event_release_kernel(event);
	word = 0;
	dv_breakpoint_sees_locked = seen;
	return 0;
}
