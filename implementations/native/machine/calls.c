// SPDX-License-Identifier: MIT
#include "calls.h"

#include "scheduler.h"

/* Maximum depth of nested callbacks; more are a livelock. */
#define DEPTH_LIMIT	32

/* Scheduling point at the start or end of a call or callback. */
static void add_edge(int op, int object, int32_t new,
		     const struct dv_record *record)
{
	struct thread *self = dv_run.current;

	dv_complete_step();
	self->pending = (struct pending){
		.event = {
			.agent = self->agent, .op = op, .marked = 1,
			.object = object, .site = self->site,
			.caller = self->callback, .new = new,
		},
		.record = record,
	};
	dv_schedule();
}

/* Number of the device at an address, DV_NR_DEVICES for any other address. */
static int device_at(const void *address)
{
	int i;

	for (i = 0; i < DV_NR_DEVICES; i++)
		if (address == dv_image.device + i * DV_DEVICE_STRIDE)
			return i;
	return DV_NR_DEVICES;
}

/* Encodes a result. A pointer is 1, 2 to the log, 0 for NULL, or -errno. */
static int32_t result_of(int call, intptr_t result)
{
	const struct dv_field holder = { .kind = DV_KIND_HOLDER };
	char *pointer = (char *)result;

	switch (call) {
	case DV_FS_DAX_GET_BY_BDEV:
	case DV_DAX_GET_PRIVATE:
	case DV_ALLOC_DAX:
	case DV_DAX_DEV_GET:
	case DV_DAX_DEV_FIND:
		if (result < 0 && result >= -4095)
			return result;
		if (device_at(pointer) == DV_LOG)
			return 2;
		return result != 0;
	case DV_DAX_READ_LOCK:
		return 0;
	case DV_DAX_ALIVE:
		return (uint8_t)result;
	case DV_DAX_HOLDER:
		return dv_value_of(&holder, &pointer);
	default:
		return result;
	}
}

static void *device_of(const struct call *call)
{
	switch (call->device) {
	case DV_THE_DEVICE:
		return dv_image.device;
	case DV_NO_DEVICE:
		return NULL;
	case DV_THE_LOG:
		return dv_image.device + DV_DEVICE_STRIDE;
	default:
		return (void *)dv_program.results[call->device - DV_RESULT];
	}
}

/* Makes a call; passes the result of dax_read_lock() to dax_read_unlock(). */
static intptr_t make_call(const struct call *call)
{
	struct thread *self = dv_run.current;
	struct dv_args args = call->args;
	intptr_t result;

	args.device = device_of(call);
	if (call->call == DV_DAX_READ_UNLOCK) {
		if (!self->nr_sections)
			dv_end_with_fault(DV_BUG);
		args.section = self->sections[--self->nr_sections];
	}
	result = dv_image.tree->calls[call->call](&args);
	if (call->call == DV_DAX_READ_LOCK) {
		if (self->nr_sections == DV_MAX_SECTIONS)
			dv_end_with_fault(DV_BUG);
		self->sections[self->nr_sections++] = result;
	}
	dv_program.results[call->site] = result;
	return result;
}

void dv_start_off(uint64_t bytes)
{
	dv_run.current->start_off = bytes;
}

/* Ends a call, with a record of its *start_off where it is wanted. */
static void add_return(const struct call *call, intptr_t result)
{
	const struct thread *self = dv_run.current;
	const struct dv_record record = {
		.type = DV_START_OFF, .agent = self->agent, .a = call->site,
		.words = { self->start_off, self->start_off >> 32 },
	};

	add_edge(DV_RETURN, 0, result_of(call->call, result),
		 call->start_off ? &record : NULL);
}

/* Makes calls. With begun, the DV_CALL event of the first is in the trace. */
static void make_calls(struct calls calls, int begun)
{
	struct thread *self = dv_run.current;
	int outer = self->site, i;

	for (i = 0; i < calls.count; i++) {
		const struct call *call = &dv_program.calls[calls.first + i];

		self->site = call->site;
		if (!begun)
			add_edge(DV_CALL, 0, 0, NULL);
		begun = 0;
		add_return(call, make_call(call));
	}
	self->site = outer;
}

int dv_notify(int holder, const void *device, uint64_t offset, uint64_t length,
	      int flags)
{
	struct thread *self = dv_run.current;
	const struct holder *h = &dv_program.holders[holder];
	const struct dv_record record = {
		.type = DV_CALLBACK, .agent = self->agent,
		.a = DV_TOLD(holder, device_at(device)), .b = flags,
		.words = { offset, offset >> 32, length, length >> 32 },
	};
	int outer = self->callback;

	dv_complete_step();
	if (self->depth == DEPTH_LIMIT)
		dv_end_with_fault(DV_LIVELOCK);
	self->depth++;
	self->callback = holder + 1;
	add_edge(DV_CALL, holder + 1, 0, &record);
	make_calls(h->calls, 0);
	add_edge(DV_RETURN, holder + 1, h->returns, NULL);
	self->callback = outer;
	self->depth--;
	return h->returns;
}

void dv_thread_main(void)
{
	make_calls(dv_run.current->calls, 1);
	dv_complete_event();
	dv_end_thread();
}
