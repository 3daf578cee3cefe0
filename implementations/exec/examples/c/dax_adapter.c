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

typedef const char *text;
enum { DEPTH_LIMIT = 32, THREADS = 16, STACK = 256 * 1024, SECTIONS = 8192 };
enum field { DATA, OPS, FLAGS, COUNT, FIELDS };
static const text fields[FIELDS] = { "holder_data", "holder_ops", "flags", "i_count" };
static const char ok[] = "\"ok\"", null[] = "null";

/* The records of an execution, each after a comma, and texts, which live as long as it. */
enum list { AGENTS, EVENTS, RESULTS, WARNINGS, CALLBACKS, FAULTS, BLOCKED, TEXTS };
static const text lists[] = { "agents", "events", "results", "warnings", "callbacks", "faults", "blocked" };
static struct { size_t length; char bytes[2 << 20]; } out[TEXTS + 1];
static text add(enum list list, text format, ...) {
	size_t from = out[list].length, room = sizeof(out[list].bytes) - from;
	va_list arguments;
	va_start(arguments, format);
	out[list].length += vsnprintf(out[list].bytes + from, room, format, arguments) + (list == TEXTS);
	va_end(arguments);
	if (out[list].length >= sizeof(out[list].bytes)) abort();
	return out[list].bytes + from;
}
#define TEXT(...) add(TEXTS, __VA_ARGS__)
#define NOTE(list, ...) (add(list, ",{" __VA_ARGS__), add(list, ",\"agent\":%d,\"event\":%d}", me->agent, count - 1))

/* JSON is read where it stands: what is between two values means nothing, and an object is keys and values in turn. */
static text space(text p) { return p + strspn(p, " \t\r\n,:"); }
static bool more(text p) { return *p && *p != ']' && *p != '}'; }
#define EACH(item, list) for (text item = space((list) + 1); more(item); item = space(skip(item)))
static text skip(text p) {
	if (*p == '"')
		while (*++p && *p != '"') p += *p == '\\' && p[1];
	else if (*p == '{' || *p == '[')
		for (p = space(p + 1); more(p); p = space(skip(p))) continue;
	else
		return p + strcspn(p, ",:]} \t\r\n");
	return *p ? p + 1 : p;
}
static text next(text p) { return space(skip(p)); }
static text copy(text p) { return TEXT("%.*s", (int)(skip(p) - p), p); }
static text bare(text quoted) { return TEXT("%.*s", (int)strlen(quoted) - 2, quoted + 1); }
static bool is(text a, text b) { return !strcmp(a, b); }
static text get(text object, text key) {
	text p = space(object + 1);
	while (more(p) && (strncmp(p + 1, key, strlen(key)) || p[strlen(key) + 1] != '"')) p = next(next(p));
	return more(p) ? next(p) : NULL;
}
static text value(text object, text key, text otherwise) { return get(object, key) ? copy(get(object, key)) : otherwise; }

static struct thread {
	ucontext_t context;
	text calls, function, op, object, site;
	bool alive;
	int agent, depth, awaits; /* the read sections below this number */
} threads[THREADS], *me;
static ucontext_t scheduler;
static text program, word[FIELDS], enabled, diverged;
static bool freed, reading[SECTIONS];
static int sections, count;

static void end(text fault) {
	if (fault) NOTE(FAULTS, "\"fault\":\"%s\"", fault);
	me->alive = false;
	setcontext(&scheduler);
}
/* Waits for its turn, then writes new if the field is as expected (NULL: always). To i_count, new is added. */
static text step(text op, text object, enum field f, bool marked, text expected, text new) {
	me->op = op, me->object = object;
	swapcontext(&me->context, &scheduler);
	text old = f < FIELDS ? word[f] : null;
	if (expected && !is(old, expected)) new = old;
	if (f == COUNT) new = is(old, "0") ? old : TEXT("%d", atoi(old) + atoi(new));
	if (f < FIELDS) word[f] = new;
	add(EVENTS, ",{\"agent\":%d,\"op\":\"%s\",\"object\":\"%s\",\"marked\":%s,\"old\":%s,\"new\":%s,\"site\":%s,"
		"\"function\":\"%s\",\"enabled\":[%s]}", me->agent, op, object, marked ? "true" : "false", old, new,
		me->site, me->function, enabled);
	count++;
	if (f < FIELDS && freed) end("use-after-free");
	return old;
}
static void edge(text op, text object, text new) { step(op, object, FIELDS, true, NULL, new); }
static int read_lock(void) { edge("srcu-lock", "dax_srcu", null); return reading[sections] = true, sections++; }
static void read_unlock(int section) { edge("srcu-unlock", "dax_srcu", null); reading[section] = false; }
static text load(enum field f, bool marked) { return step("read", fields[f], f, marked, "", null); }
static void store(enum field f, text new, bool marked) { step("write", fields[f], f, marked, NULL, new); }
static text cmpxchg(enum field f, text old, text new) { return step("rmw", fields[f], f, true, old, new); }
static text set(enum field f, text new) { return cmpxchg(f, NULL, new); }
static text call(text name, text arguments);
static void body(text calls);

/* The calls: drivers/dax/super.c at 7a6db2eb6d5d. a is the arguments. */
static bool grab(void) { return is(load(FLAGS, true), "true") && !is(set(COUNT, "1"), "0"); }
static bool claim(text a) {
	if (!is(cmpxchg(DATA, null, value(a, "holder", null)), null)) return false;
	return store(OPS, value(a, "ops", null), false), true;
}
static text put_dax(text a) {
	if (!is(set(COUNT, "-1"), "1")) return ok;
	if (is(load(FLAGS, true), "true")) NOTE(WARNINGS, "\"function\":\"dax_destroy_inode\"");
	edge("free", "dax_device", null);
	return freed = true, ok;
}
static text fs_dax_get(text a) {
	int section = read_lock();
	bool found = grab();
	read_unlock(section);
	return !found ? "\"-ENODEV\"" : claim(a) ? ok : (put_dax(a), "\"-EBUSY\"");
}
static text fs_dax_get_by_bdev(text a) {
	int section = read_lock();
	bool found = grab() && (is(value(a, "holder", null), null) || claim(a));
	return read_unlock(section), found ? ok : null;
}
static text fs_put_dax(text a) {
	text holder = value(a, "holder", null);
	if (is(holder, null)) return call("put_dax", "{}");
	store(OPS, null, true);
	text old = cmpxchg(DATA, holder, null);
	if (!is(old, null) && !is(old, holder)) NOTE(WARNINGS, "\"function\":\"fs_put_dax\"");
	return call("put_dax", "{}");
}
static text notify(text ops, text a) {
	text name = bare(ops), holder = get(get(program, "holders"), name), caller = me->function;
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
static text dax_holder_notify_failure(text a) {
	int section = read_lock();
	text ops = is(load(FLAGS, true), "true") ? load(OPS, true) : "";
	text result = !*ops ? "\"-ENXIO\"" : is(ops, null) ? "\"-EOPNOTSUPP\"" : notify(ops, a);
	return read_unlock(section), result;
}
static text kill_dax(text a) {
	if (!is(load(DATA, false), null))
		call("dax_holder_notify_failure", "{\"length\":\"U64_MAX\",\"flags\":\"MF_MEM_PRE_REMOVE\"}");
	set(FLAGS, "false");
	edge("sync-begin", "dax_srcu", null);
	me->awaits = sections;
	edge("sync-end", "dax_srcu", null);
	store(OPS, null, false);
	return store(DATA, null, false), ok;
}
static text run_dax(text a) { return set(FLAGS, "true"), ok; }
static text dax_holder(text a) { return load(DATA, false); }
#define CALL(name) { #name, name }
static const struct call { text name, (*run)(text arguments); } calls[] = { CALL(fs_dax_get), CALL(fs_dax_get_by_bdev),
	CALL(fs_put_dax), CALL(put_dax), CALL(kill_dax), CALL(run_dax), CALL(dax_holder_notify_failure), CALL(dax_holder), { 0 } };
static const struct call *find(text name) {
	const struct call *each = calls;
	while (each->name && !is(each->name, name)) each++;
	return each;
}
static text call(text name, text arguments) {
	text caller = me->function, result = (me->function = name, find(name)->run(arguments));
	return me->function = caller, result;
}
static void body(text list) {
	text outer = me->site;
	EACH(each, list) {
		text name = bare(value(each, "call", null));
		me->site = value(each, "site", "0");
		edge("call", name, null);
		text result = call(name, each);
		edge("return", name, result);
		add(RESULTS, ",{\"site\":%s,\"value\":%s}", me->site, result);
		me->site = outer;
	}
}

static void entry(void) { body(me->calls); end(NULL); }
static void start(int agent, text calls) /* runs up to its first step */ {
	static char stacks[THREADS][STACK];
	me = &threads[agent];
	*me = (struct thread){ .calls = calls, .agent = agent, .alive = true, .function = "", .site = "0" };
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
/* Runs threads after a schedule, from the state that there is. */
static void run(text list, text choice) {
	int total = 0, current = -1, lowest;
	for (enum list each = count = 0; each < TEXTS; each++) out[each].length = 0;
	EACH(each, list) {
		add(AGENTS, ",%s", value(each, "name", null));
		start(total++, get(each, "calls"));
	}
	for (diverged = null; enabled = "", lowest = -1, true; swapcontext(&scheduler, &me->context)) {
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
}
#define PRINT_STATE(before) printf(before "{\"alive\":%s,\"holder\":%s,\"ops\":%s", word[FLAGS], word[DATA], word[OPS])
/* One execution of the program, written to stdout. */
static void execute(text schedule) {
	text device = get(program, "device");
	out[TEXTS].length = sections = freed = 0;
	word[DATA] = value(device, "holder", null), word[OPS] = value(device, "ops", null);
	word[FLAGS] = value(device, "alive", "false"), word[COUNT] = value(device, "refs", "1");
	run(TEXT("[{\"calls\":%s}]", copy(get(program, "setup"))), "");
	if (out[FAULTS].length) exit(fputs("setup ends in a fault\n", stderr));
	int refs = atoi(word[COUNT]);
	PRINT_STATE("{\"start\":");
	run(get(program, "threads"), space(schedule + 1));
	PRINT_STATE("},\"device\":");
	printf(",\"refs\":%d},\"diverged\":%s", atoi(word[COUNT]) - refs, diverged);
	for (enum list each = 0; each < TEXTS; each++)
		printf(",\"%s\":[%s]", lists[each], out[each].length ? out[each].bytes + 1 : "");
	putchar('}');
}
/* Is everything known here? A holder's name may be a key. */
static bool known(void) {
	text keys = "\"id\"holders\"device\"setup\"threads\"alive\"refs\"name\"calls\"returns\"site\"call\"holder\"ops\"offset\""
		"length\"flags\"";
	text holders = get(program, "holders"), end = skip(program);
	for (text p = program; (p = strchr(p, '"')) && p < end; p = skip(p)) {
		if (*skip(p) != ':') continue;
		if (!strstr(keys, copy(p)) && !get(holders, bare(copy(p)))) return false;
		if (is(copy(p), "\"call\"") && !find(bare(copy(next(p))))->name) return false;
	}
	return true;
}
static void answer(text line) {
	text request = value(line, "request", null), schedules = get(line, "schedules"), comma = "";
	program = get(line, "program");
	printf("{\"seq\":%s,\"answer\":", value(line, "seq", "\"\""));
	if (is(request, "\"hello\"") && is(value(line, "protocol", null), "1")) {
		printf("\"hello\",\"protocol\":1,\"name\":\"C example\",\"version\":\"1\",\"target\":\"merged\",\"calls\":[");
		for (const struct call *each = calls; each->name; each++, comma = ",") printf("%s\"%s\"", comma, each->name);
		printf("],\"fields\":[\"holder_data\",\"holder_ops\",\"flags\",\"i_count\"],\"explores\":true,"
			"\"limits\":{\"threads\":%d}}\n", THREADS);
	} else if (!is(request, "\"execute\"") || !program || !schedules) {
		puts("\"errored\",\"message\":\"this is protocol 1: hello, execute\"}");
	} else if (!known()) {
		puts("\"skipped\",\"reason\":\"the program has something that is unknown here\"}");
	} else {
		printf("\"results\",\"executions\":[");
		EACH(each, schedules) fputs(comma, stdout), execute(each), comma = ",";
		puts("]}");
	}
}
int main(void) {
	char *line = NULL;
	for (size_t size = 0; getline(&line, &size, stdin) > 0; fflush(stdout)) out[TEXTS].length = 0, answer(line);
	return 0;
}
