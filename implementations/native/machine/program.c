// SPDX-License-Identifier: MIT
#include "program.h"

#include "device.h"

struct dv_program dv_program;

struct reader {
	const int32_t *word, *end;
	int malformed;
};

static int32_t read_int(struct reader *r, int32_t limit)
{
	int32_t word = r->word < r->end ? *r->word++ : -1;

	if (word < 0 || word >= limit)
		r->malformed = 1;
	return r->malformed ? 0 : word;
}

static uint32_t read_u32(struct reader *r)
{
	if (r->word < r->end)
		return *r->word++;
	r->malformed = 1;
	return 0;
}

static uint64_t read_u64(struct reader *r)
{
	uint64_t low = read_u32(r);

	return low | (uint64_t)read_u32(r) << 32;
}

static void read_call(struct reader *r, struct call *call)
{
	call->call = read_int(r, DV_NR_CALLS);
	call->site = read_int(r, DV_MAX_CALLS);
	call->args.holder = dv_holder_pointer(read_int(r, DV_MAX_HOLDERS + 1));
	call->args.ops = dv_ops_pointer(read_int(r, DV_MAX_HOLDERS + 1));
	call->device = read_int(r, DV_RESULT + DV_MAX_CALLS);
	call->start_off = read_int(r, 2);
	call->args.flags = read_u32(r);
	call->args.driver = read_int(r, DV_NR_DRIVERS);
	call->args.offset = read_u64(r);
	call->args.length = read_u64(r);
	if (!dv_image.tree->calls[call->call])
		r->malformed = 1;
	if (call->call == DV_DAX_ADD_HOST || call->call == DV_DAX_REMOVE_HOST)
		dv_program.changes_hosts = 1;
	if (call->call == DV_ALLOC_DAX)
		dv_program.takes_minors = 1;
}

static struct calls read_calls(struct reader *r)
{
	struct calls calls = { dv_program.nr_calls, read_int(r, DV_MAX_CALLS) };
	int i;

	for (i = 0; i < calls.count && !r->malformed; i++) {
		if (dv_program.nr_calls == DV_MAX_CALLS - 1)
			r->malformed = 1;
		else
			read_call(r, &dv_program.calls[dv_program.nr_calls++]);
	}
	return calls;
}

static void read_device(struct reader *r, int device)
{
	int32_t alive = read_int(r, 2);
	int32_t holder = read_int(r, DV_MAX_HOLDERS + 1);
	int32_t ops = read_int(r, DV_MAX_HOLDERS + 1);
	int32_t refs = read_int(r, INT32_MAX);

	dv_set_device(device, alive, holder, ops, refs);
}

/* The log: 0 for none, 1 for its memory, 2 for the device that follows. */
static int read_log(struct reader *r)
{
	int32_t log = read_int(r, 3);
	int rc = log ? dv_image.tree->add_log(log == 2) : 0;

	if (!rc && log == 2)
		read_device(r, DV_LOG);
	return rc;
}

static void read_holders(struct reader *r)
{
	int count = read_int(r, DV_MAX_HOLDERS + 1), i;

	for (i = 0; i < count && !r->malformed; i++) {
		struct holder *h = &dv_program.holders[i];

		h->lacks = read_int(r, DV_MEMBERS_END);
		h->returns = read_u32(r);
		h->calls = read_calls(r);
		if (h->lacks)
			dv_image.tree->clear_members(i, h->lacks);
	}
}

int dv_read_program(const int32_t *words, size_t count)
{
	struct reader r = { words, words + count, 0 };
	int i, changes_hosts, takes_minors;

	dv_program.nr_calls = 0;
	dv_program.changes_hosts = dv_program.takes_minors = 0;
	read_device(&r, DV_DEVICE);
	if (read_log(&r))
		return -2;
	read_holders(&r);
	/* Calls of the setup do not count: their events are not recorded. */
	changes_hosts = dv_program.changes_hosts;
	takes_minors = dv_program.takes_minors;
	dv_program.setup = read_calls(&r);
	dv_program.changes_hosts = changes_hosts;
	dv_program.takes_minors = takes_minors;
	dv_program.nr_threads = read_int(&r, DV_MAX_AGENTS + 1);
	for (i = 0; i < dv_program.nr_threads && !r.malformed; i++)
		dv_program.threads[i] = read_calls(&r);
	return r.malformed || dv_program.nr_threads == 0 ? -1 : 0;
}
