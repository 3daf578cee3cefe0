// SPDX-License-Identifier: MIT
/* Programs, as program.ts writes them. */
#include <string.h>

#include "state.h"

struct dv_program dv_program;

struct reader {
	const int32_t *word, *end;
	int malformed;
};

static int32_t take(struct reader *r, int32_t limit)
{
	int32_t word = r->word < r->end ? *r->word++ : -1;

	if (word < 0 || word >= limit)
		r->malformed = 1;
	return r->malformed ? 0 : word;
}

static uint32_t take_any(struct reader *r)
{
	if (r->word < r->end)
		return *r->word++;
	r->malformed = 1;
	return 0;
}

static uint64_t take_long(struct reader *r)
{
	uint64_t low = take_any(r);

	return low | (uint64_t)take_any(r) << 32;
}

static void take_call(struct reader *r, struct call *call)
{
	call->call = take(r, DV_NR_CALLS);
	call->site = take(r, 1 << 16);
	call->args.holder = dv_holder_pointer(take(r, DV_MAX_HOLDERS + 1));
	call->args.ops = dv_ops_pointer(take(r, DV_MAX_HOLDERS + 1));
	call->args.flags = take_any(r);
	call->args.driver = take(r, DV_NR_DRIVERS);
	call->args.offset = take_long(r);
	call->args.length = take_long(r);
	if (!dv_world.tree->calls[call->call])
		r->malformed = 1;
	if (call->call == DV_DAX_ADD_HOST || call->call == DV_DAX_REMOVE_HOST)
		dv_program.changes_hosts = 1;
	if (call->call == DV_ALLOC_DAX)
		dv_program.takes_minors = 1;
}

static struct calls take_calls(struct reader *r)
{
	struct calls calls = { dv_program.nr_calls, take(r, DV_MAX_CALLS) };
	int i;

	for (i = 0; i < calls.count && !r->malformed; i++) {
		if (dv_program.nr_calls == DV_MAX_CALLS - 1)
			r->malformed = 1;
		else
			take_call(r, &dv_program.calls[dv_program.nr_calls++]);
	}
	return calls;
}

static void take_device(struct reader *r)
{
	int32_t alive = take(r, 2);
	int32_t holder = take(r, DV_MAX_HOLDERS + 1);
	int32_t ops = take(r, DV_MAX_HOLDERS + 1);
	int32_t refs = take(r, INT32_MAX);

	dv_set_device(alive, holder, ops, refs);
}

static void take_holders(struct reader *r)
{
	int count = take(r, DV_MAX_HOLDERS + 1), i;

	for (i = 0; i < count && !r->malformed; i++) {
		struct holder *h = &dv_program.holders[i];

		h->muted = take(r, 2);
		h->returns = take_any(r);
		h->calls = take_calls(r);
		if (h->muted)
			dv_world.tree->mute(i);
	}
}

/* As a program of one thread. Gives 0 or 1 + the fault that it ended in. */
static int set_up(void)
{
	static char scratch[DV_EXECUTION_MAX];
	const struct calls first = dv_program.threads[0];
	const int nr_threads = dv_program.nr_threads;
	int i;

	dv_program.threads[0] = dv_program.setup;
	dv_program.nr_threads = 1;
	dv_execute(NULL, 0, scratch);
	dv_program.threads[0] = first;
	dv_program.nr_threads = nr_threads;
	for (i = 0; i < dv_run.nr_records; i++)
		if (dv_run.records[i].type == DV_FAULTED)
			return 1 + dv_run.records[i].a;
	return 0;
}

int dv_load(const int32_t *words, size_t count, struct dv_header *start)
{
	struct reader r = { words, words + count, 0 };
	int i, rc, changes_hosts, takes_minors;

	memcpy(dv_world.data, dv_world.booted, dv_world.size);
	dv_program.nr_calls = 0;
	dv_program.changes_hosts = dv_program.takes_minors = 0;
	take_device(&r);
	take_holders(&r);
	changes_hosts = dv_program.changes_hosts;
	takes_minors = dv_program.takes_minors;
	dv_program.setup = take_calls(&r);
	dv_program.changes_hosts = changes_hosts;
	dv_program.takes_minors = takes_minors;
	dv_program.nr_threads = take(&r, DV_MAX_AGENTS + 1);
	for (i = 0; i < dv_program.nr_threads && !r.malformed; i++)
		dv_program.threads[i] = take_calls(&r);
	if (r.malformed || dv_program.nr_threads == 0)
		return -1;

	memcpy(dv_world.snapshot, dv_world.data, dv_world.size);
	if (dv_program.setup.count) {
		rc = set_up();
		if (rc)
			return rc;
		memcpy(dv_world.snapshot, dv_world.data, dv_world.size);
	}
	dv_get_device(start);
	return 0;
}
