// SPDX-License-Identifier: MIT
/*
 * The scheduler. Every event is a point where another thread could go on: a
 * thread arrives with the event that it is about to perform, someone is
 * chosen, the event of the chosen one is written down, and it performs it by
 * going on. What a thread does between two points is its own business.
 */
#include "machine.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "coroutine.h"

/* Bytes of a thread's stack, and of the guard below it. */
#define STACK_SIZE	(64 * 1024)
#define GUARD_SIZE	(64 * 1024)
/* Callbacks within callbacks after which a kernel's stack would be full. */
#define DEPTH_LIMIT	32
/* Below this address is NULL, or a field of NULL. */
#define NULL_END	0x10000

#define MAX_CALLS	1024

struct call {
	int call, site;
	struct dv_args args;
};

struct calls {
	int first, count;
};

struct holder {
	int muted, returns;
	struct calls calls;
};

/* The event that a thread is about to perform. */
struct pending {
	uint8_t op, marked, object;
	int32_t new;			/* of a return */
	const volatile void *addr;	/* of a memory access */
	size_t size;
	const unsigned long *busy;	/* it can go on while this is 0 */
	struct dv_place place;
	int record;			/* to write down with it; -1: none */
};

struct thread {
	struct dv_context context;
	struct pending pending;
	struct calls calls;
	int site, callback, depth;
	int started, doomed;
};

volatile uint32_t dv_progress;

static struct {
	const struct dv_tree *tree;
	uintptr_t base;			/* where it is loaded */
	char *data, *image_end;		/* its memory */
	size_t size;
	char *device;
	uint8_t field_at[512];		/* field of each byte of the device + 1 */
	struct dv_names *names;
	const char *known[DV_MAX_OBJECTS];
	char *stacks;
	char snapshot[64 * 1024];
} world;

static struct {
	struct call calls[MAX_CALLS];
	int nr_calls;
	struct holder holders[DV_MAX_HOLDERS];
	struct calls threads[DV_MAX_AGENTS];
	struct calls setup;
	int nr_threads;
} program;

/* One execution. */
static struct thread threads[DV_MAX_AGENTS];
static struct dv_context host;
static struct thread *current;		/* NULL: the host */
static uint32_t live, waiting;		/* sets of agents */
static const uint8_t *schedule;
static size_t schedule_length;
static struct dv_header *header;
static struct dv_event *events;
static struct dv_record records[DV_RECORD_LIMIT];
static int nr_events, nr_records;
static struct dv_event *unsettled;	/* its new value is not known yet */
static const volatile void *unsettled_addr;

static inline int agent_of(const struct thread *thread)
{
	return thread - threads;
}

static inline char *stack_of(const struct thread *thread)
{
	return world.stacks + agent_of(thread) * (STACK_SIZE + GUARD_SIZE) +
	       GUARD_SIZE;
}

/* Values */

static int32_t value_of(const struct dv_field *field, const volatile void *addr)
{
	const char *pointer;

	switch (field->kind) {
	case DV_KIND_HOLDER:
		pointer = *(char *const volatile *)addr;
		if (!pointer)
			return 0;
		if (pointer < world.tree->holders ||
		    pointer >= world.tree->holders + DV_MAX_HOLDERS)
			return -1;
		return pointer - world.tree->holders + 1;
	case DV_KIND_OPS:
		pointer = *(char *const volatile *)addr;
		if (!pointer)
			return 0;
		if (pointer < world.tree->ops || pointer >= world.tree->ops +
		    DV_MAX_HOLDERS * world.tree->ops_size)
			return -1;
		return (pointer - world.tree->ops) / world.tree->ops_size + 1;
	case DV_KIND_BIT:
		return !!(*(const volatile unsigned long *)addr & field->mask);
	case DV_KIND_COUNT:
		return *(const volatile int *)addr;
	default:
		return *(void *const volatile *)addr != NULL;
	}
}

static int32_t field_value(int field)
{
	const struct dv_field *f = &world.tree->fields[field];

	return value_of(f, world.device + f->offset);
}

static void *holder_pointer(int32_t holder)
{
	return holder ? world.tree->holders + holder - 1 : NULL;
}

static void *ops_pointer(int32_t holder)
{
	return holder ? world.tree->ops + (holder - 1) * world.tree->ops_size :
			NULL;
}

/* Objects that are no fields are numbered after them. */
static int object_of(const char *name)
{
	struct dv_names *names = world.names;
	int i;

	for (i = 0; i < names->count; i++)
		if (world.known[i] == name)
			return world.tree->nr_fields + i;
	if (names->count < DV_MAX_OBJECTS) {
		world.known[i] = name;
		strncpy(names->names[i], name, DV_NAME_SIZE - 1);
		names->count++;
	}
	return world.tree->nr_fields + i;
}

/* Writing down */

static int note(int type, int agent, int event, int a, int b)
{
	if (nr_records == DV_RECORD_LIMIT)
		return -1;
	records[nr_records] = (struct dv_record){
		.type = type, .agent = agent, .event = event, .a = a, .b = b,
	};
	return nr_records++;
}

/* The access that was performed last has happened by now. */
static inline void settle(void)
{
	if (unsettled) {
		const struct dv_field *field =
			&world.tree->fields[unsettled->object];

		unsettled->new = value_of(field, unsettled_addr);
		unsettled = NULL;
	}
}

static inline uint32_t relative(uintptr_t pc)
{
	return pc > world.base ? pc - world.base : 0;
}

static void write_down(struct thread *thread, uint32_t enabled)
{
	const struct pending *pending = &thread->pending;
	struct dv_event *event = &events[nr_events];

	event->agent = agent_of(thread);
	event->op = pending->op;
	event->marked = pending->marked;
	event->object = pending->object;
	event->site = thread->site;
	event->enabled = enabled;
	event->pc = relative(pending->place.pc);
	event->caller = relative(pending->place.caller);
	event->old = 0;
	event->new = pending->new;
	if (pending->addr) {
		event->old = value_of(&world.tree->fields[pending->object],
				      pending->addr);
		event->new = event->old;
		if (pending->op != DV_READ) {
			unsettled = event;
			unsettled_addr = pending->addr;
		}
		/* It happens all the same; the thread ends right after it. */
		if (world.tree->freed())
			thread->doomed = 1;
	} else if (pending->op == DV_CALL || pending->op == DV_RETURN) {
		event->pc = 0;
		event->caller = thread->callback;
		if (pending->record >= 0)
			records[pending->record].event = nr_events;
	}
	nr_events++;
}

/* Scheduling */

static __attribute__((noreturn)) void finish(void)
{
	struct dv_context done;
	int i;

	for (i = 0; i < program.nr_threads; i++)
		if (live & (1U << i))
			note(DV_BLOCKED, i, 0, threads[i].pending.op,
			     threads[i].pending.object);
	current = NULL;
	dv_switch(&done, &host);
	__builtin_unreachable();
}

static uint32_t enabled_agents(void)
{
	uint32_t enabled = live, left;

	for (left = waiting & live; left; left &= left - 1) {
		int agent = __builtin_ctz(left);

		if (*threads[agent].pending.busy)
			enabled &= ~(1U << agent);
	}
	return enabled;
}

static void diverge(int wanted)
{
	header->diverged_at = nr_events;
	header->diverged_agent = wanted;
	header->diverged_why = wanted >= program.nr_threads ? 2 :
			       !(live & (1U << wanted)) ? 0 : 1;
}

static void thread_main(void);

/* Chooses who goes on, writes its event down, and gives it the processor. */
static void choose(void)
{
	uint32_t enabled = enabled_agents();
	struct thread *self = current, *next = self;

	dv_progress++;
	if (!enabled) {
		if (live)
			note(DV_FAULTED, -1, nr_events - 1, DV_DEADLOCK, 0);
		finish();
	}
	if (nr_events == DV_EVENT_LIMIT) {
		note(DV_FAULTED, -1, nr_events - 1, DV_LIVELOCK, 0);
		finish();
	}
	if ((size_t)nr_events < schedule_length && header->diverged_at < 0) {
		int wanted = schedule[nr_events];

		if (wanted < program.nr_threads && (enabled & (1U << wanted)))
			next = &threads[wanted];
		else
			diverge(wanted);
	}
	if (!next || !(enabled & (1U << agent_of(next))))
		next = &threads[__builtin_ctz(enabled)];

	waiting &= ~(1U << agent_of(next));
	write_down(next, enabled);
	if (next == self)
		return;
	current = next;
	if (!next->started) {
		next->started = 1;
		dv_prepare(&next->context, stack_of(next), STACK_SIZE,
			   thread_main);
	}
	if (self) {
		dv_switch(&self->context, &next->context);
	} else {
		dv_switch(&host, &next->context);
	}
}

/* Ends the running thread. What it held stays held: the others may wait. */
static __attribute__((noreturn)) void end(void)
{
	live &= ~(1U << agent_of(current));
	choose();
	__builtin_unreachable();
}

static __attribute__((noreturn)) void die(int fault)
{
	settle();
	if (current->doomed)
		fault = DV_USE_AFTER_FREE;
	note(DV_FAULTED, agent_of(current), nr_events - 1, fault, 0);
	end();
}

static inline void arrive(void)
{
	settle();
	if (current->doomed)
		die(DV_USE_AFTER_FREE);
}

/* What the tree asks for */

static int is_stack(uintptr_t addr)
{
	return addr - (uintptr_t)world.stacks <
	       DV_MAX_AGENTS * (STACK_SIZE + GUARD_SIZE);
}

/* The tree, or the arguments of a call. */
static int is_known(uintptr_t addr)
{
	return addr - world.base < (uintptr_t)world.image_end - world.base ||
	       addr - (uintptr_t)&program < sizeof(program);
}

static void on_access(int op, const volatile void *addr, size_t size,
		      int marked, struct dv_place place)
{
	uintptr_t offset = (const volatile char *)addr - world.device;
	struct thread *self = current;
	int field;

	if (!self || (offset >= world.tree->device_size &&
		      is_stack((uintptr_t)addr)))
		return;
	if (offset >= world.tree->device_size) {
		if (is_known((uintptr_t)addr))
			return;
		arrive();
		die((uintptr_t)addr < NULL_END ? DV_NULL_DEREFERENCE :
						 DV_WILD_ACCESS);
	}
	field = world.field_at[offset];
	if (!field) {
		/* The inode and the cdev are the VFS's own, while they live. */
		if (world.tree->freed()) {
			arrive();
			self->doomed = 1;
			arrive();
		}
		return;
	}
	arrive();
	self->pending = (struct pending){
		.op = op, .marked = marked, .object = field - 1,
		.addr = world.device + world.tree->fields[field - 1].offset,
		.size = size, .place = place, .record = -1,
	};
	choose();
}

static void on_point(int op, const char *object, const unsigned long *busy,
		     struct dv_place place)
{
	if (!current)
		return;
	arrive();
	current->pending = (struct pending){
		.op = op, .marked = 1, .object = object_of(object),
		.busy = busy, .place = place, .record = -1,
	};
	if (busy)
		waiting |= 1U << agent_of(current);
	choose();
}

static void on_warn(struct dv_place place)
{
	int record;

	if (!current || current->doomed)
		return;
	record = note(DV_WARNING, agent_of(current), nr_events - 1, 0, 0);
	if (record >= 0) {
		records[record].words[0] = relative(place.pc);
		records[record].words[1] = relative(place.caller);
	}
}

static void on_fault(int fault)
{
	if (current)
		die(fault);
}

/* The beginning or end of a call or callback: others come before and after. */
static void edge(int op, int object, int32_t new, int record)
{
	arrive();
	current->pending = (struct pending){
		.op = op, .marked = 1, .object = object, .new = new,
		.record = record,
	};
	choose();
}

/* Results: 0 or -errno; for pointers 0, 1 or -errno; for holders a value. */
static int32_t result_of(int call, intptr_t result)
{
	char *pointer = (char *)result;

	switch (call) {
	case DV_FS_DAX_GET_BY_BDEV:
		if (result < 0 && result >= -4095)
			return result;
		return result != 0;
	case DV_DAX_HOLDER:
		return value_of(&(struct dv_field){ .kind = DV_KIND_HOLDER },
				&pointer);
	default:
		return result;
	}
}

/* Makes calls; the first one may have begun already. */
static void make_calls(struct calls calls, int begun)
{
	struct thread *self = current;
	int outer = self->site, i;

	for (i = 0; i < calls.count; i++) {
		const struct call *call = &program.calls[calls.first + i];
		intptr_t result;

		self->site = call->site;
		if (!begun)
			edge(DV_CALL, 0, 0, -1);
		begun = 0;
		result = world.tree->calls[call->call](&call->args);
		edge(DV_RETURN, 0, result_of(call->call, result), -1);
	}
	self->site = outer;
}

static int on_notify(int holder, uint64_t offset, uint64_t length, int flags)
{
	struct thread *self = current;
	const struct holder *h = &program.holders[holder];
	int outer = self->callback, record;

	arrive();
	if (self->depth == DEPTH_LIMIT)
		die(DV_LIVELOCK);
	self->depth++;
	self->callback = holder + 1;
	record = note(DV_CALLBACK, agent_of(self), 0, holder, flags);
	if (record >= 0) {
		records[record].words[0] = offset;
		records[record].words[1] = offset >> 32;
		records[record].words[2] = length;
		records[record].words[3] = length >> 32;
	}
	edge(DV_CALL, holder + 1, 0, record);
	make_calls(h->calls, 0);
	edge(DV_RETURN, holder + 1, h->returns, -1);
	self->callback = outer;
	self->depth--;
	return h->returns;
}

const struct dv_machine dv_machine_table = {
	.access = on_access,
	.point = on_point,
	.warn = on_warn,
	.fault = on_fault,
	.notify = on_notify,
};

static void thread_main(void)
{
	make_calls(current->calls, 1);
	settle();
	end();
}

/* Executions */

static void prepare(struct thread *thread, struct calls calls)
{
	memset(thread, 0, sizeof(*thread));
	thread->calls = calls;
	thread->site = program.calls[calls.first].site;
	thread->pending = (struct pending){
		.op = DV_CALL, .marked = 1, .record = -1,
	};
}

static void device_state(struct dv_header *state)
{
	state->holder = field_value(0);
	state->ops = field_value(1);
	state->alive = field_value(2);
	state->refs = field_value(3);
}

size_t dv_execute(const uint8_t *choices, size_t length, char *out)
{
	int i;

	memcpy(world.data, world.snapshot, world.size);
	header = (struct dv_header *)out;
	memset(header, 0, sizeof(*header));
	header->diverged_at = -1;
	events = (struct dv_event *)(header + 1);
	nr_events = nr_records = 0;
	schedule = choices;
	schedule_length = length;
	live = waiting = 0;
	unsettled = NULL;
	for (i = 0; i < program.nr_threads; i++) {
		prepare(&threads[i], program.threads[i]);
		live |= 1U << i;
	}
	current = NULL;
	choose();

	device_state(header);
	header->events = nr_events;
	header->records = nr_records;
	out = (char *)(events + nr_events);
	memcpy(out, records, nr_records * sizeof(*records));
	return out + nr_records * sizeof(*records) - (char *)header;
}

/* Programs */

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

static struct calls take_calls(struct reader *r)
{
	struct calls calls = { program.nr_calls, take(r, MAX_CALLS) };
	int i;

	for (i = 0; i < calls.count && !r->malformed; i++) {
		struct call *call = &program.calls[program.nr_calls];

		if (program.nr_calls == MAX_CALLS - 1) {
			r->malformed = 1;
			break;
		}
		program.nr_calls++;
		call->call = take(r, DV_NR_CALLS);
		call->site = take(r, 1 << 16);
		call->args.holder = holder_pointer(take(r, DV_MAX_HOLDERS + 1));
		call->args.ops = ops_pointer(take(r, DV_MAX_HOLDERS + 1));
		call->args.flags = take_any(r);
		call->args.offset = take_long(r);
		call->args.length = take_long(r);
		if (!world.tree->calls[call->call])
			r->malformed = 1;
	}
	return calls;
}

static void set_device(int32_t alive, int32_t holder, int32_t ops, int32_t refs)
{
	const struct dv_field *fields = world.tree->fields;
	unsigned long *flags = (void *)(world.device + fields[2].offset);

	*(void **)(world.device + fields[0].offset) = holder_pointer(holder);
	*(void **)(world.device + fields[1].offset) = ops_pointer(ops);
	*flags = alive ? *flags | fields[2].mask : *flags & ~fields[2].mask;
	*(int *)(world.device + fields[3].offset) = refs;
}

int dv_load(const int32_t *words, size_t count, struct dv_header *start)
{
	static char scratch[DV_EXECUTION_MAX];
	static char booted[sizeof(world.snapshot)];
	static int saved;
	struct reader r = { words, words + count, 0 };
	int32_t alive, holder, ops, refs;
	int nr_holders, nr_threads, i;

	/* The memory as it was after boot, which dv_boot() left in data. */
	if (!saved)
		memcpy(booted, world.data, world.size);
	saved = 1;
	memcpy(world.data, booted, world.size);

	program.nr_calls = 0;
	alive = take(&r, 2);
	holder = take(&r, DV_MAX_HOLDERS + 1);
	ops = take(&r, DV_MAX_HOLDERS + 1);
	refs = take(&r, INT32_MAX);
	nr_holders = take(&r, DV_MAX_HOLDERS + 1);
	for (i = 0; i < nr_holders && !r.malformed; i++) {
		struct holder *h = &program.holders[i];

		h->muted = take(&r, 2);
		h->returns = take_any(&r);
		h->calls = take_calls(&r);
		if (h->muted)
			world.tree->mute(i);
	}
	program.setup = take_calls(&r);
	nr_threads = take(&r, DV_MAX_AGENTS + 1);
	for (i = 0; i < nr_threads && !r.malformed; i++)
		program.threads[i] = take_calls(&r);
	if (r.malformed || nr_threads == 0)
		return -1;

	set_device(alive, holder, ops, refs);
	memcpy(world.snapshot, world.data, world.size);
	if (program.setup.count) {
		struct calls first = program.threads[0];

		program.threads[0] = program.setup;
		program.nr_threads = 1;
		dv_execute(NULL, 0, scratch);
		program.threads[0] = first;
		for (i = 0; i < nr_records; i++)
			if (records[i].type == DV_FAULTED)
				return 1 + records[i].a;
		memcpy(world.snapshot, world.data, world.size);
	}
	program.nr_threads = nr_threads;
	device_state(start);
	return 0;
}

int dv_boot(const struct dv_tree *tree, uintptr_t base, char *data, size_t size,
	    struct dv_names *names)
{
	const size_t stride = STACK_SIZE + GUARD_SIZE;
	size_t i, j;
	int rc;

	if (size > sizeof(world.snapshot) ||
	    tree->device_size > sizeof(world.field_at))
		return -E2BIG;
	world.tree = tree;
	world.base = base;
	world.data = data;
	world.size = size;
	world.image_end = data + size;
	world.names = names;
	for (i = 0; i < tree->nr_fields; i++)
		for (j = 0; j < tree->fields[i].size; j++)
			world.field_at[tree->fields[i].offset + j] = i + 1;
	world.stacks = mmap(NULL, DV_MAX_AGENTS * stride, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (world.stacks == MAP_FAILED)
		return -errno;
	for (i = 0; i < DV_MAX_AGENTS; i++)
		if (mprotect(world.stacks + i * stride, GUARD_SIZE, PROT_NONE))
			return -errno;
	rc = tree->boot();
	world.device = rc ? NULL : tree->device();
	return rc;
}

/* Signals */

int dv_abort(int fault)
{
	if (!current)
		return -1;
	die(fault);
}

int dv_in_guard(uintptr_t addr)
{
	return current && (uintptr_t)stack_of(current) - addr <= GUARD_SIZE;
}
