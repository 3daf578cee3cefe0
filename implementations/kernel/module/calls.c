// SPDX-License-Identifier: GPL-2.0-only
/* The calls of a program, in order, and the callbacks of its holders. */
#include <linux/sched/task_stack.h>

#include "call.h"
#include "calls.h"
#include "fields.h"
#include "guard.h"
#include "program.h"
#include "thread.h"
#include "trace.h"

/* More stack than a call and a callback inside it need. */
#define STACK_RESERVE	2048

/* Each holder claims the device with its own address in here. */
static char holders[DV_MAX_HOLDERS];

void *dv_holder_pointer(int holder)
{
	return &holders[holder];
}

static const char *name_at(unsigned long index)
{
	if (index < dv_program.nr_holders)
		return dv_program.holders[index].name;
	return "unknown";
}

const char *dv_holder_name(unsigned long pointer)
{
	return pointer ? name_at(pointer - (unsigned long)holders) : "-";
}

const char *dv_ops_name(unsigned long pointer)
{
	unsigned long index = (pointer - (unsigned long)dv_ops) /
			      sizeof(dv_ops[0]);

	return pointer ? name_at(index) : "-";
}

static bool stack_is_full(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);

	return here - (unsigned long)task_stack_page(current) < STACK_RESERVE;
}

static int notify_holder(int index, struct dax_device *dax_dev, u64 offset,
			 u64 length, int flags)
{
	struct dv_holder *holder = &dv_program.holders[index];
	struct dv_thread *thread = dv_current();
	struct dv_record *record;
	int within;

	if (!thread || READ_ONCE(dv_control.draining))
		return 0;
	if (dv_control.recording) {
		/* Stands for NULL where the module does not see an oops. */
		if (holder->no_callback) {
			dv_fault(thread, "null-call");
			return 0;
		}
		if (thread->depth == DV_MAX_DEPTH || stack_is_full()) {
			dv_fault(thread, "livelock");
			return 0;
		}
	}
	within = thread->within;
	thread->within = index;
	thread->depth++;
	if (dv_control.recording) {
		dv_add_event(thread, DV_CALL, DV_CALLBACK)->what = index;
		record = dv_add_record(DV_NOTIFIED, thread->index);
		record->holder = index;
		record->device = dv_which_dax(dax_dev);
		record->offset = offset;
		record->length = length;
		record->flags = flags;
		dv_hold(thread, DV_HELD);
	}
	dv_make_calls(thread, &holder->calls, false);
	if (dv_control.recording) {
		struct dv_event *event;

		event = dv_add_event(thread, DV_RETURN, DV_CALLBACK);
		event->what = index;
		event->new = holder->returns;
		dv_hold(thread, DV_HELD);
	}
	thread->depth--;
	thread->within = within;
	return holder->returns;
}

/* No argument names the holder, so each holder has a function of its own. */
#define NOTIFY(n)							\
static int notify_##n(struct dax_device *dev, u64 offset, u64 length,	\
		      int flags)					\
{									\
	return notify_holder(n, dev, offset, length, flags);		\
}

NOTIFY(0)
NOTIFY(1)
NOTIFY(2)
NOTIFY(3)
NOTIFY(4)
NOTIFY(5)
NOTIFY(6)
NOTIFY(7)
NOTIFY(8)
NOTIFY(9)
NOTIFY(10)
NOTIFY(11)
NOTIFY(12)
NOTIFY(13)
NOTIFY(14)
NOTIFY(15)

static const struct dax_holder_operations all_ops[DV_MAX_HOLDERS] = {
	{ notify_0 }, { notify_1 }, { notify_2 }, { notify_3 },
	{ notify_4 }, { notify_5 }, { notify_6 }, { notify_7 },
	{ notify_8 }, { notify_9 }, { notify_10 }, { notify_11 },
	{ notify_12 }, { notify_13 }, { notify_14 }, { notify_15 },
};

struct dax_holder_operations dv_ops[DV_MAX_HOLDERS];

void dv_ops_reset(void)
{
	memcpy(dv_ops, all_ops, sizeof(all_ops));
}

/* Not inlined: report.c recognises addresses in here by the name. */
noinline void dv_make_calls(struct dv_thread *thread,
			    const struct dv_calls *calls, bool last)
{
	enum dv_fn fn = thread->fn;
	enum dv_which device = thread->device;
	int site = thread->site;
	int nr_locks = dv_read_locks(thread);
	unsigned long result;
	int index;

	for (index = 0; index < calls->nr; index++) {
		const struct dv_call *call = &calls->call[index];

		if (READ_ONCE(dv_control.draining))
			break;
		thread->site = call->site;
		thread->fn = call->fn;
		thread->device = dv_which_device(call);
		if (dv_control.recording) {
			dv_add_event(thread, DV_CALL, DV_FUNCTION);
			dv_hold(thread, DV_HELD);
		}
		if (READ_ONCE(dv_control.draining))
			break;
		result = dv_make_guarded_call(thread, call);
		if (dv_control.recording) {
			struct dv_event *event;

			thread->site = call->site;
			thread->fn = call->fn;
			event = dv_add_event(thread, DV_RETURN, DV_FUNCTION);
			event->old = thread->start_off;
			event->new = result;
			thread->ended = last && index == calls->nr - 1;
			dv_hold(thread, DV_HELD);
		}
	}
	/* Draining skips calls of dax_read_unlock(). */
	dv_read_unlock_to(thread, nr_locks);
	thread->site = site;
	thread->fn = fn;
	thread->device = device;
}
