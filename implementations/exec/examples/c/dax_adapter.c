// SPDX-License-Identifier: MIT
// Adapter for dax-vectors: the holder protocol as merged upstream. Build: cc -O2 -o dax_adapter dax_adapter.c
// Each thread of a program is a coroutine that switches to the scheduler before each access to shared state. Values
// are JSON texts, as in requests and answers: NULL is the text null, and "A" has its quotes.
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
typedef const char *text;
enum { DEPTH_LIMIT = 32, THREADS = 16 /* limits.threads of hello */, STACK = 256 * 1024, BUFFER = 1 << 20 };
enum { DATA, OPS, FLAGS, COUNT, FIELDS };
enum { DEVICE, LOG, DEVICES, NONE = DEVICES }; /* a dax_device argument; NONE is NULL */
static const text fields[DEVICES][FIELDS] = { { "holder_data", "holder_ops", "flags", "i_count" },
	{ "log.holder_data", "log.holder_ops", "log.flags", "log.i_count" } };
static const char ok[] = "\"ok\"", null[] = "null";
/* Output of an execution: its lists, with a comma before each element, and texts, valid until the execution ends. */
enum list { AGENTS, EVENTS, RESULTS, WARNINGS, CALLBACKS, FAULTS, BLOCKED, TEXTS };
static const text lists[] = { "agents", "events", "results", "warnings", "callbacks", "faults", "blocked" };
static struct { size_t length; char bytes[2 << 20]; } out[TEXTS + 1];
static text add(enum list list, text format, ...) {
	size_t from = out[list].length;
	va_list arguments;
	va_start(arguments, format);
	out[list].length += vsnprintf(out[list].bytes + from, sizeof(out->bytes) - from, format, arguments) + (list == TEXTS);
	va_end(arguments);
	if (out[list].length >= sizeof(out->bytes)) abort();
	return out[list].bytes + from;
}
#define TEXT(...) add(TEXTS, __VA_ARGS__)
#define NOTE(list, ...) (add(list, ",{" __VA_ARGS__), add(list, ",\"agent\":%d,\"event\":%d}", me->agent, count - 1))
/* JSON is parsed in place: separators are skipped, and an object is a list of alternating keys and values. */
static text space(text p) { return p + strspn(p, " \t\r\n,:"); }
static bool more(text p) { return *p && *p != ']' && *p != '}'; }
#define EACH(item, list) for (text item = space((list) + 1); more(item); item = space(skip(item)))
static text skip(text p) {
	if (*p == '"')
		while (*++p && *p != '"') p += *p == '\\' && p[1];
	else if (*p == '{' || *p == '[')
		for (p = space(p + 1); more(p); p = space(skip(p))) continue;
	else return p + strcspn(p, ",:]} \t\r\n");
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
static text value(text object, text key, text none) { return get(object, key) ? copy(get(object, key)) : none; }
static struct thread {
	ucontext_t context;
	text calls, op, object, site;
	int agent, alive, sections, entered, awaits; /* open read sections; event counts at srcu-lock and sync-begin */
	int device; /* the argument of the call */
} threads[THREADS], *me;
static ucontext_t scheduler;
static text program, word[DEVICES][FIELDS], enabled, diverged;
static int total, count;
static bool freed[DEVICES], has_log;
static void end(text fault) {
	if (fault) NOTE(FAULTS, "\"fault\":\"%s\"", fault);
	me->alive = false;
	setcontext(&scheduler);
}
/* Waits for the scheduler, then stores new if expected is NULL or the old value. For i_count, new is an increment. */
static text step(text function, text op, text object, int f, bool marked, text expected, text new) {
	if (me->device == NONE && f < FIELDS) end("null-dereference");
	me->op = op, me->object = object;
	swapcontext(&me->context, &scheduler);
	text *at = f < FIELDS ? &word[me->device][f] : NULL, old = at ? *at : null;
	if (expected && !is(old, expected)) new = old;
	if (f == COUNT) new = is(old, "0") ? old : TEXT("%d", atoi(old) + atoi(new));
	if (at) *at = new;
	add(EVENTS, ",{\"agent\":%d,\"op\":\"%s\",\"object\":\"%s\",\"marked\":%s,\"old\":%s,\"new\":%s,\"site\":%s,"
		"\"function\":\"%s\",\"enabled\":[%s]}", me->agent, op, object, marked ? "true" : "false", old, new,
		me->site, function, enabled);
	count++;
	if (at && freed[me->device]) end("use-after-free");
	return old;
}
static void edge(text in, text op, text object, text new) { step(in, op, object, FIELDS, true, NULL, new); }
static text name_of(int f) { return me->device == NONE ? "" : fields[me->device][f]; }
static text load(text in, int f, bool marked) { return step(in, "read", name_of(f), f, marked, "", null); }
static text store(text in, int f, text v, bool marked) { step(in, "write", name_of(f), f, marked, NULL, v); return ok; }
static text cmpxchg(text in, int f, text old, text new) { return step(in, "rmw", name_of(f), f, true, old, new); }
static void read_lock(text in) { edge(in, "srcu-lock", "dax_srcu", null); if (!me->sections++) me->entered = count; }
static text read_unlock(text in, text rc) { edge(in, "srcu-unlock", "dax_srcu", null); return me->sections--, rc; }
static void body(text calls);
/* Calls: drivers/dax/super.c at 7a6db2eb6d5d. in: name of the kernel function, a: arguments of the call. */
static bool grab(text in) { return me->device != NONE && is(load(in, FLAGS, true), "true") && !is(cmpxchg(in, COUNT, NULL, "1"), "0"); }
static bool claim(text in, text a) {
	return is(cmpxchg(in, DATA, null, value(a, "holder", null)), null) && store(in, OPS, value(a, "ops", null), false);
}
static text put_dax(text in, text a) {
	if (me->device == NONE || !is(cmpxchg(in, COUNT, NULL, "-1"), "1")) return ok;
	if (is(load(in, FLAGS, true), "true")) NOTE(WARNINGS, "\"function\":\"dax_destroy_inode\"");
	edge(in, "free", me->device == LOG ? "log.dax_device" : "dax_device", null);
	return freed[me->device] = true, ok;
}
static text fs_dax_get(text in, text a) {
	read_lock(in);
	if (is(read_unlock(in, grab(in) ? ok : null), null)) return "\"-ENODEV\"";
	return claim(in, a) ? ok : (put_dax(in, a), "\"-EBUSY\"");
}
static text fs_dax_get_by_bdev(text in, text a) {
	read_lock(in);
	text found = me->device == LOG ? "\"log\"" : ok;
	return read_unlock(in, grab(in) && (is(value(a, "holder", null), null) || claim(in, a)) ? found : null);
}
static text fs_put_dax(text in, text a) {
	text holder = me->device == NONE ? null : value(a, "holder", null);
	if (!is(holder, null)) store(in, OPS, null, true);
	text old = is(holder, null) ? null : cmpxchg(in, DATA, holder, null);
	if (!is(old, null) && !is(old, holder)) NOTE(WARNINGS, "\"function\":\"fs_put_dax\"");
	return put_dax("put_dax", a);
}
static text notify_failure(text ops, text a) {
	text holder = get(get(program, "holders"), bare(ops)), name = TEXT("%s.notify_failure", bare(ops));
	if (!holder || *holder != '{') end("null-call");
	if (me->sections > DEPTH_LIMIT) end("livelock");
	edge(name, "call", name, null);
	NOTE(CALLBACKS, "\"holder\":%s,%s\"offset\":%s,\"length\":%s,\"flags\":%s", ops,
		me->device == LOG ? "\"device\":\"log\"," : "", value(a, "offset", "0"), value(a, "length", "4096"),
		value(a, "flags", "0"));
	body(get(holder, "calls"));
	edge(name, "return", name, value(holder, "returns", null));
	return value(holder, "returns", null);
}
static text dax_holder_notify_failure(text in, text a) {
	read_lock(in);
	if (!is(load(in, FLAGS, true), "true")) return read_unlock(in, "\"-ENXIO\"");
	text ops = load(in, OPS, true);
	return read_unlock(in, is(ops, null) ? "\"-EOPNOTSUPP\"" : notify_failure(ops, a));
}
static text kill_dax(text in, text a) {
	if (me->device == NONE) return ok;
	if (!is(load(in, DATA, false), null))
		dax_holder_notify_failure("dax_holder_notify_failure",
			"{\"length\":\"U64_MAX\",\"flags\":\"MF_MEM_PRE_REMOVE\"}");
	cmpxchg(in, FLAGS, NULL, "false");
	edge(in, "sync-begin", "dax_srcu", null);
	me->awaits = count;
	edge(in, "sync-end", "dax_srcu", null);
	store(in, OPS, null, false);
	return store(in, DATA, null, false);
}
static text run_dax(text in, text a) { return cmpxchg(in, FLAGS, NULL, "true"), ok; }
static text dax_holder(text in, text a) { return load(in, DATA, false); }
enum { SITES = 1024 };
static text results[SITES]; /* by site */
static text *result_at(text site) { return &results[(unsigned)atoi(site) % SITES]; }
/* The argument of a call: none is the device, "log" the second one, a number what that site returned. */
static int device_of(text given) {
	text found = !given ? ok : strspn(given, "0123456789") ? *result_at(given) : given;
	return is(found, ok) ? DEVICE : is(found, "\"log\"") ? LOG : NONE;
}
#define CALL(function) is(name, #function) ? function(name, each) :
static void body(text list) {
	text outer = me->site;
	EACH(each, list) {
		text name = bare(value(each, "call", null));
		int outer_device = me->device;
		me->site = value(each, "site", "0");
		edge("", "call", name, null);
		me->device = device_of(value(each, "device", NULL));
		text result = CALL(fs_dax_get) CALL(fs_dax_get_by_bdev) CALL(fs_put_dax) CALL(put_dax) CALL(kill_dax)
			CALL(run_dax) CALL(dax_holder_notify_failure) dax_holder(name, each);
		*result_at(me->site) = result;
		me->device = outer_device;
		edge("", "return", name, result);
		/* The whole disk starts at 0: there are no partitions here. */
		add(RESULTS, ",{\"site\":%s,\"value\":%s%s}", me->site, result,
			get(each, "start_off") ? ",\"start_off\":0" : "");
		me->site = outer;
	}
}
static void entry(void) { body(me->calls); end(NULL); }
static bool ready(const struct thread *thread) {
	for (const struct thread *t = threads; t < threads + total; t++)
		if (t->sections && t->entered < thread->awaits) return false;
	return thread->alive;
}
/* Runs threads under a schedule, from the current state. */
static void run(text list, text choice) {
	static char stacks[THREADS][STACK];
	int current = -1, lowest;
	for (enum list each = count = total = 0; each < TEXTS; each++) out[each].length = 0;
	EACH(each, list) {
		me = &threads[total];
		*me = (struct thread){ .calls = get(each, "calls"), .agent = total, .alive = true, .site = "0" };
		getcontext(&me->context);
		me->context.uc_stack = (stack_t){ .ss_sp = stacks[total++], .ss_size = STACK };
		makecontext(&me->context, entry, 0);
		swapcontext(&scheduler, &me->context); /* runs to its first step */
		add(AGENTS, ",%s", value(each, "name", null));
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
static text state(int device) {
	text *w = word[device];
	return TEXT("\"alive\":%s,\"holder\":%s,\"ops\":%s", w[FLAGS], w[DATA], w[OPS]);
}
/* Sets a device; without one its memory is free. */
static void set(int device, text given) {
	text *w = word[device], start = given && *given == '{' ? given : "{}";
	w[DATA] = value(start, "holder", null), w[OPS] = value(start, "ops", null);
	w[FLAGS] = value(start, "alive", "false"), w[COUNT] = value(start, "refs", "0");
	freed[device] = start != given;
}
/* Executes the program and prints the execution. */
static void execute(text schedule) {
	out[TEXTS].length = 0;
	has_log = get(program, "log") != NULL;
	set(DEVICE, get(program, "device")), set(LOG, get(program, "log"));
	run(TEXT("[{\"calls\":%s}]", copy(get(program, "setup"))), "");
	if (out[FAULTS].length) exit(fputs("setup ends in a fault\n", stderr));
	int refs = atoi(word[DEVICE][COUNT]), log_refs = atoi(word[LOG][COUNT]);
	printf("{\"start\":{%s%s}", state(DEVICE), has_log ? TEXT(",\"log\":{%s}", state(LOG)) : "");
	run(get(program, "threads"), space(schedule + 1));
	if (has_log) printf(",\"log\":{%s,\"refs\":%d}", state(LOG), atoi(word[LOG][COUNT]) - log_refs);
	printf(",\"device\":{%s,\"refs\":%d},\"diverged\":%s", state(DEVICE), atoi(word[DEVICE][COUNT]) - refs, diverged);
	for (enum list each = 0; each < TEXTS; each++)
		printf(",\"%s\":[%s]", lists[each], out[each].length ? out[each].bytes + 1 : "");
	putchar('}');
}
#define CALLS "\"fs_dax_get\",\"fs_dax_get_by_bdev\",\"fs_put_dax\",\"put_dax\",\"kill_dax\",\"run_dax\"," \
	"\"dax_holder_notify_failure\",\"dax_holder\""
#define KEYS "\"id\"holders\"device\"log\"setup\"threads\"alive\"refs\"name\"calls\"returns\"site\"call\"holder\"ops\"" \
	"offset\"length\"flags\"start_off\""
/* Returns whether the adapter knows every call and key of the program; keys of holders are names. */
static bool known(void) {
	text holders = get(program, "holders"), end = skip(program);
	for (text p = program; (p = strchr(p, '"')) && p < end; p = skip(p)) {
		if (*skip(p) != ':') continue;
		if (!strstr(KEYS, copy(p)) && !get(holders, bare(copy(p)))) return false;
		if (is(copy(p), "\"call\"") && !strstr(CALLS, copy(next(p)))) return false;
	}
	return true;
}
static void answer(text line) {
	text request = value(line, "request", null), schedules = get(line, "schedules"), comma = "";
	program = get(line, "program");
	printf("{\"seq\":%s,\"answer\":", value(line, "seq", "\"\""));
	if (is(request, "\"hello\"") && is(value(line, "protocol", null), "1"))
		puts("\"hello\",\"protocol\":1,\"name\":\"C example\",\"version\":\"1\",\"target\":\"merged\",\"calls\":[" CALLS "],"
			"\"fields\":[\"holder_data\",\"holder_ops\",\"flags\",\"i_count\"],\"explores\":true,\"limits\":{\"threads\":16}}");
	else if (!is(request, "\"execute\"") || !program || !schedules)
		puts("\"errored\",\"message\":\"this is protocol 1: hello, execute\"}");
	else if (!known())
		puts("\"skipped\",\"reason\":\"the program has something that is unknown here\"}");
	else {
		printf("\"results\",\"executions\":[");
		EACH(each, schedules) fputs(comma, stdout), execute(each), comma = ",";
		puts("]}");
	}
}
int main(void) {
	char *line = NULL;
	setvbuf(stdout, NULL, _IOFBF, BUFFER); /* one large write per answer */
	for (size_t size = 0; getline(&line, &size, stdin) > 0; fflush(stdout)) out[TEXTS].length = 0, answer(line);
}
