// SPDX-License-Identifier: MIT
#include "paths.h"

#include <string.h>

#include "device.h"
#include "isolated.h"
#include "run.h"

#define MAX_PATHS	1024
/* Values of a path: each is read by an event. */
#define MAX_VALUES	DV_EVENT_LIMIT

struct list {
	const int32_t *words;
	size_t count;
};

/* A path: the one that the runner asks for, or its parent and a value more. */
struct path {
	int parent, depth;
	int32_t value;
};

static struct list given, domains[DV_NR_VECTOR_FIELDS];
static struct path paths[MAX_PATHS];
static int nr_paths;

static struct list read_list(const int32_t **at, const int32_t *end)
{
	struct list list = { NULL, 0 };

	if (*at < end && **at >= 0 && **at < end - *at) {
		list.count = *(*at)++;
		list.words = *at;
		*at += list.count;
	}
	return list;
}

/* Gives the values of a path. Returns their number. */
static size_t values_of(int path, int32_t *values)
{
	const size_t count = given.count + paths[path].depth;
	size_t at = count;

	for (; paths[path].depth; path = paths[path].parent)
		values[--at] = paths[path].value;
	memcpy(values, given.words, at * sizeof(*values));
	return count;
}

/* Adds a path for each value that the read may find at which a path ends. */
static void extend(int path)
{
	const int depth = paths[path].depth + 1;
	const int field = dv_run.events[dv_run.nr_events - 1].object;
	size_t i;

	if (given.count + depth > MAX_VALUES)
		return;
	for (i = 0; i < domains[field].count && nr_paths < MAX_PATHS; i++)
		paths[nr_paths++] = (struct path){
			path, depth, domains[field].words[i],
		};
}

/* Such a run takes long. */
static int was_livelock(void)
{
	int i;

	for (i = 0; i < dv_run.nr_records; i++)
		if (dv_run.records[i].type == DV_FAULTED &&
		    dv_run.records[i].a == DV_LIVELOCK)
			return 1;
	return 0;
}

void dv_run_paths(struct dv_shared *shared)
{
	static int32_t values[MAX_VALUES];
	const int32_t *in = (int32_t *)shared->input;
	const int32_t *end = in + shared->length;
	const int thread = in[0];
	const uint32_t most = in[1];
	char *out = shared->output;
	int i;

	in += 2;
	given = read_list(&in, end);
	for (i = 0; i < DV_NR_VECTOR_FIELDS; i++)
		domains[i] = read_list(&in, end);
	if (given.count > MAX_VALUES)
		given.count = MAX_VALUES;
	paths[0] = (struct path){ 0 };
	nr_paths = 1;
	shared->done = 0;
	for (i = 0; i < nr_paths && shared->done < most; i++) {
		const size_t count = values_of(i, values);
		int *status = (int *)out;

		if (out + sizeof(*status) + DV_EXECUTION_MAX >
		    shared->output + DV_OUTPUT_SIZE)
			break;
		out += sizeof(*status);
		out += dv_run_isolated(thread, values, count, out, status);
		shared->done++;
		shared->progress++;
		if (was_livelock())
			break;
		if (*status & DV_WAITS)
			extend(i);
	}
	shared->bytes = out - shared->output;
}
