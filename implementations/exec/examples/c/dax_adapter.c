// SPDX-License-Identifier: MIT
/*
 * The holder protocol of a dax_device as upstream merged it, as an adapter of dax-vectors. C11 and POSIX, one file:
 *   cc -O2 -o dax_adapter dax_adapter.c
 * A thread of a program is a coroutine, which hands over before each access that another thread could see. Values are
 * kept as the JSON that they came as and go out as: NULL is the text null, and "A" has its quotes.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

enum { DEPTH_LIMIT = 32, THREADS = 16, STACK = 256 * 1024, SECTIONS = 8192 };
enum field { DATA, OPS, FLAGS, COUNT, FIELDS };
static const char *const fields[FIELDS] = { "holder_data", "holder_ops", "flags", "i_count" };
static const char ok[] = "\"ok\"", null[] = "null";

/* The records of an execution, each after a comma, and texts, which live as long as it. */
enum list { EVENTS, RESULTS, WARNINGS, CALLBACKS, FAULTS, BLOCKED, TEXTS };
static const char *const lists[TEXTS] = { "events", "results", "warnings", "callbacks", "faults", "blocked" };
static struct { size_t length; char bytes[2 << 20]; } out[TEXTS + 1];
static const char *add(enum list list, const char *format, ...) {
	char *start = out[list].bytes + out[list].length;
	size_t room = sizeof(out[list].bytes) - out[list].length;
	va_list arguments;
	va_start(arguments, format);
	size_t length = vsnprintf(start, room, format, arguments) + (list == TEXTS);
	va_end(arguments);
	if (length >= room) abort();
	return out[list].length += length, start;
}
#define TEXT(...) add(TEXTS, __VA_ARGS__)
#define NOTE(list, format, ...) \
	add(list, ",{" format ",\"agent\":%d,\"event\":%d}", __VA_ARGS__, me->agent, count - 1)

/* JSON is read where it stands: what is between two values means nothing, and an object is keys and values in turn. */
static const char *space(const char *p) { return p + strspn(p, " \t\r\n,:"); }
static const char *skip(const char *p) {
	int depth = 0;
	for (bool quoted = false; *p; ) {
		if (*p == '"') quoted = !quoted;
		else if (quoted) p += *p == '\\' && p[1];
		else depth += (*p == '{' || *p == '[') - (*p == '}' || *p == ']');
		if (strchr(",:]} \t\r\n", *++p) && !quoted && depth <= 0) break;
	}
	return p;
}
static const char *next(const char *p) { return space(skip(p)); }
static bool more(const char *p) { return *p && *p != ']' && *p != '}'; }
static const char *copy(const char *p) { return TEXT("%.*s", (int)(skip(p) - p), p); }
static const char *bare(const char *quoted) { return TEXT("%.*s", (int)strlen(quoted) - 2, quoted + 1); }
static bool is(const char *a, const char *b) { return !strcmp(a, b); }
static const char *get(const char *object, const char *key) {
	const char *p = space(object + 1);
	while (more(p) && (strncmp(p + 1, key, strlen(key)) || p[strlen(key) + 1] != '"')) p = next(next(p));
	return more(p) ? next(p) : NULL;
}
static const char *value(const char *object, const char *key, const char *otherwise) {
	return get(object, key) ? copy(get(object, key)) : otherwise;
}

struct thread {
	ucontext_t context;
	const char *calls, *function, *op, *object, *site;
	bool marked, alive;
	int agent, depth, awaits; /* the read sections below this number */
};
static struct thread threads[THREADS], *me;
static ucontext_t scheduler;
static const char *program, *word[FIELDS], *enabled;
static bool freed, reading[SECTIONS];
static int sections, count;

static void end(const char *fault) {
	if (fault) NOTE(FAULTS, "\"fault\":\"%s\"", fault);
	me->alive = false;
	setcontext(&scheduler);
}
static void turn(const char *op, const char *object, bool marked) /* waits for it */ {
	me->op = op, me->object = object, me->marked = marked;
	swapcontext(&me->context, &scheduler);
}
static void event(const char *old, const char *new) {
	add(EVENTS, ",{\"agent\":%d,\"op\":\"%s\",\"object\":\"%s\",\"marked\":%s,\"old\":%s,\"new\":%s,\"site\":%s,"
		"\"function\":\"%s\",\"enabled\":[%s]}", me->agent, me->op, me->object, me->marked ? "true" : "false",
		old, new, me->site, me->function, enabled);
	count++;
}
static const char *put(enum field f, const char *new) {
	const char *old = word[f];
	event(old, word[f] = new);
	if (freed) end("use-after-free");
	return old;
}
static void edge(const char *op, const char *object, const char *new) { turn(op, object, true); event(null, new); }
static void srcu(const char *op) { edge(op, "dax_srcu", null); }
static int read_lock(void) { srcu("srcu-lock"); return reading[sections] = true, sections++; }
static void read_unlock(int section) { srcu("srcu-unlock"); reading[section] = false; }
static const char *load(enum field f, bool marked) { turn("read", fields[f], marked); return put(f, word[f]); }
static void store(enum field f, const char *new, bool marked) { turn("write", fields[f], marked); put(f, new); }
static const char *cmpxchg(enum field f, const char *old, const char *new) {
	turn("rmw", fields[f], true);
	return put(f, is(word[f], old) ? new : word[f]);
}
static void set_alive(const char *new) { turn("rmw", fields[FLAGS], true); put(FLAGS, new); }
static int add_unless_zero(int by) {
	turn("rmw", fields[COUNT], true);
	return atoi(put(COUNT, is(word[COUNT], "0") ? "0" : TEXT("%d", atoi(word[COUNT]) + by)));
}
static bool grab(void) { return is(load(FLAGS, true), "true") && add_unless_zero(1); }
static const char *call(const char *name, const char *arguments);
static void body(const char *calls);

/* The calls: drivers/dax/super.c at 7a6db2eb6d5d. a is the arguments. */
static const char *put_dax(const char *a) {
	if (add_unless_zero(-1) != 1) return ok;
	if (is(load(FLAGS, true), "true")) NOTE(WARNINGS, "\"function\":\"%s\"", "dax_destroy_inode");
	edge("free", "dax_device", null);
	return freed = true, ok;
}
static const char *fs_dax_get(const char *a) {
	int section = read_lock();
	bool found = grab();
	read_unlock(section);
	if (!found) return "\"-ENODEV\"";
	if (!is(cmpxchg(DATA, null, value(a, "holder", null)), null)) return put_dax(a), "\"-EBUSY\"";
	return store(OPS, value(a, "ops", null), false), ok;
}
static const char *fs_dax_get_by_bdev(const char *a) {
	const char *holder = value(a, "holder", null);
	int section = read_lock();
	bool found = grab();
	if (found && !is(holder, null) && (found = is(cmpxchg(DATA, null, holder), null)))
		store(OPS, value(a, "ops", null), false);
	return read_unlock(section), found ? ok : null;
}
static const char *fs_put_dax(const char *a) {
	const char *holder = value(a, "holder", null), *old;
	if (is(holder, null)) return call("put_dax", "{}");
	store(OPS, null, true);
	if (!is(old = cmpxchg(DATA, holder, null), null) && !is(old, holder)) NOTE(WARNINGS, "\"function\":\"%s\"", "fs_put_dax");
	return call("put_dax", "{}");
}
static const char *notify(const char *ops, const char *a) {
	const char *name = bare(ops), *holder = get(get(program, "holders"), name), *caller = me->function;
	if (!holder || *holder != '{') end("null-call");
	if (me->depth++ == DEPTH_LIMIT) end("livelock");
	edge("call", me->function = name = TEXT("%s.notify_failure", name), null);
	NOTE(CALLBACKS, "\"holder\":%s,\"offset\":%s,\"length\":%s,\"flags\":%s", ops, value(a, "offset", "0"),
		value(a, "length", "4096"), value(a, "flags", "0"));
	body(get(holder, "calls"));
	edge("return", name, value(holder, "returns", null));
	me->depth--, me->function = caller;
	return value(holder, "returns", null);
}
static const char *dax_holder_notify_failure(const char *a) {
	const char *result = "\"-ENXIO\"", *ops;
	int section = read_lock();
	if (is(load(FLAGS, true), "true"))
		result = is(ops = load(OPS, true), null) ? "\"-EOPNOTSUPP\"" : notify(ops, a);
	return read_unlock(section), result;
}
static const char *kill_dax(const char *a) {
	if (!is(load(DATA, false), null))
		call("dax_holder_notify_failure", "{\"length\":\"U64_MAX\",\"flags\":\"MF_MEM_PRE_REMOVE\"}");
	set_alive("false");
	srcu("sync-begin");
	me->awaits = sections;
	srcu("sync-end");
	me->awaits = 0;
	store(OPS, null, false);
	return store(DATA, null, false), ok;
}
static const char *run_dax(const char *a) { return set_alive("true"), ok; }
static const char *dax_holder(const char *a) { return load(DATA, false); }
#define CALL(name) { #name, name }
static const struct call { const char *name, *(*run)(const char *arguments); } calls[] = { CALL(fs_dax_get),
	CALL(fs_dax_get_by_bdev), CALL(fs_put_dax), CALL(put_dax), CALL(kill_dax), CALL(run_dax),
	CALL(dax_holder_notify_failure), CALL(dax_holder), { NULL, NULL } };
static const struct call *find(const char *name) {
	const struct call *each = calls;
	while (each->name && !is(each->name, name)) each++;
	return each;
}
static const char *call(const char *name, const char *arguments) {
	const char *caller = me->function, *result = (me->function = name, find(name)->run(arguments));
	return me->function = caller, result;
}
static void body(const char *list) {
	for (const char *each = space(list + 1), *outer = me->site; more(each); each = next(each), me->site = outer) {
		const char *name = bare(value(each, "call", "")), *site = value(each, "site", "0");
		edge("call", name, (me->site = site, null));
		const char *result = call(name, each);
		edge("return", name, result);
		add(RESULTS, ",{\"site\":%s,\"value\":%s}", site, result);
	}
}
static void entry(void) { body(me->calls); end(NULL); }
static void start(int agent, const char *list) /* runs up to its first step */ {
	static char stacks[THREADS][STACK];
	me = &threads[agent];
	*me = (struct thread){ .calls = list, .agent = agent, .alive = true, .function = "", .site = "0" };
	getcontext(&me->context);
	me->context.uc_stack.ss_sp = stacks[agent], me->context.uc_stack.ss_size = STACK;
	makecontext(&me->context, entry, 0);
	swapcontext(&scheduler, &me->context);
}
static bool ready(const struct thread *thread) {
	int section = thread->awaits;
	while (section > 0 && !reading[section - 1]) section--;
	return thread->alive && section == 0;
}
static const char *follow(int total, const char *choice) {
	const char *diverged = null;
	for (int current = -1, lowest; enabled = "", lowest = -1, true; swapcontext(&scheduler, &me->context)) {
		for (int agent = total - 1; agent >= 0; agent--)
			if (ready(&threads[agent])) enabled = TEXT("%d%s%s", lowest = agent, *enabled ? "," : "", enabled);
		if (lowest < 0) break;
		if (current < 0 || !ready(&threads[current])) current = lowest;
		if (more(choice) && is(diverged, null)) {
			int wanted = atoi(choice);
			choice = next(choice);
			if (wanted < total && ready(&threads[wanted])) current = wanted;
			else diverged = TEXT("{\"at\":%d,\"agent\":%d,\"why\":\"%s\"}", count, wanted,
				wanted >= total ? "unknown-agent" : threads[wanted].alive ? "blocked" : "ended");
		}
		me = &threads[current];
	}
	for (struct thread *t = threads; t < threads + total; t++)
		if (t->alive) add(BLOCKED, ",{\"agent\":%d,\"op\":\"%s\",\"object\":\"%s\"}", t->agent, t->op, t->object);
	if (out[BLOCKED].length) add(FAULTS, ",{\"fault\":\"deadlock\",\"agent\":null,\"event\":%d}", count - 1);
	return diverged;
}
static const char *state(void) {
	return TEXT("\"alive\":%s,\"holder\":%s,\"ops\":%s", word[FLAGS], word[DATA], word[OPS]);
}
/* One execution of the program, written to stdout. */
static void execute(const char *schedule) {
	const char *device = get(program, "device"), *list = get(program, "threads"), *names = "", *diverged;
	int total = 0, refs = 0;
	out[TEXTS].length = sections = freed = 0;
	memset(reading, 0, sizeof(reading));
	word[DATA] = value(device, "holder", null), word[OPS] = value(device, "ops", null);
	word[FLAGS] = value(device, "alive", "false"), word[COUNT] = value(device, "refs", "1");
	for (bool setup = true; ; setup = false) {
		for (enum list each = count = 0; each < TEXTS; each++) out[each].length = 0, add(each, "%s", "");
		if (!setup) break;
		start(0, get(program, "setup"));
		follow(1, "");
		if (out[FAULTS].length) exit(fputs("setup ends in a fault\n", stderr));
	}
	for (const char *each = space(list + 1); more(each); each = next(each), total++) {
		names = TEXT("%s%s%s", names, total ? "," : "", value(each, "name", null));
		start(total, get(each, "calls"));
	}
	refs = atoi(word[COUNT]);
	printf("{\"agents\":[%s],\"start\":{%s}", names, state());
	diverged = follow(total, space(schedule + 1));
	printf(",\"device\":{%s,\"refs\":%d},\"diverged\":%s", state(), atoi(word[COUNT]) - refs, diverged);
	for (enum list each = 0; each < TEXTS; each++)
		printf(",\"%s\":[%s]", lists[each], out[each].length ? out[each].bytes + 1 : "");
	printf("}");
}
/* Is everything known here? Whose keys are names, anything may be a key. */
static bool known(const char *p, bool names) {
	const char *keys = "\"id\"holders\"device\"setup\"threads\"alive\"refs\"name\"calls\"returns\"site\"call\"holder\"ops\"offset\"length\"flags\"";
	bool object = *p == '{', fine = true;
	if (!object && *p != '[') return true;
	for (p = space(p + 1); fine && more(p); p = next(p)) {
		const char *key = object ? copy(p) : "";
		if (object) p = next(p);
		fine = (names || strstr(keys, key)) && known(p, is(key, "\"holders\"")) &&
			(!is(key, "\"call\"") || find(bare(copy(p)))->name);
	}
	return fine;
}
int main(void) {
	char *line = NULL;
	for (size_t size = 0; getline(&line, &size, stdin) > 0; fflush(stdout)) {
		out[TEXTS].length = 0;
		const char *request = value(line, "request", ""), *comma = "", *schedules = get(line, "schedules");
		printf("{\"seq\":%s,\"answer\":", value(line, "seq", "\"\""));
		program = get(line, "program");
		if (is(request, "\"hello\"") && is(value(line, "protocol", ""), "1")) {
			printf("\"hello\",\"protocol\":1,\"name\":\"C example\",\"version\":\"1\",\"target\":\"merged\",\"calls\":[");
			for (int i = 0; calls[i].name; i++) printf("%s\"%s\"", i ? "," : "", calls[i].name);
			printf("],\"fields\":[\"holder_data\",\"holder_ops\",\"flags\",\"i_count\"],\"explores\":true,"
				"\"limits\":{\"threads\":%d}}\n", THREADS);
		} else if (!is(request, "\"execute\"") || !program || !schedules) {
			puts("\"errored\",\"message\":\"this is protocol 1: hello, execute\"}");
		} else if (!known(program, false)) {
			puts("\"skipped\",\"reason\":\"the program has something that is unknown here\"}");
		} else {
			printf("\"results\",\"executions\":[");
			for (const char *each = space(schedules + 1); more(each); each = next(each), comma = ",")
				fputs(comma, stdout), execute(each);
			puts("]}");
		}
	}
	return 0;
}
