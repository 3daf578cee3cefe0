#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adapter for dax-vectors: the holder protocol of a dax_device as merged upstream. Needs Python 3.8 only.

A call is a generator. It yields a step before each access to shared state: (op, object, marked, act). The scheduler
performs the step with act(), which returns the old value, the new value and the result, and resumes the call.
"""
import json
import sys

CALLS = ["fs_dax_get", "fs_dax_get_by_bdev", "fs_put_dax", "put_dax", "kill_dax", "run_dax",
         "dax_holder_notify_failure", "dax_holder"]
KEYS = {"id", "holders", "device", "log", "setup", "threads", "site", "call", "holder", "ops", "offset", "length", "flags",
        "start_off"}
FIELDS = ["holder_data", "holder_ops", "flags", "i_count"]
EVENT_LIMIT, DEPTH_LIMIT = 4096, 32
class Fault(Exception):
    """Ends a thread: an oops, or a callback that nests without end."""

FREE = {"holder": None, "ops": None, "alive": False, "refs": 0}  # memory of a device that is not allocated

class Device:
    null = False

    def __init__(self, start, readers, prefix=""):
        self.prefix, self.freed = prefix, start is FREE
        self.word = {"holder_data": start["holder"], "holder_ops": start["ops"],
                     "flags": start["alive"], "i_count": start["refs"]}
        self.readers = readers  # open read sections, of both devices

    def state(self):
        return {"alive": self.word["flags"], "holder": self.word["holder_data"], "ops": self.word["holder_ops"]}

    def update(self, op, field, change, marked=True):
        def act():
            old = self.word[field]
            self.word[field] = new = change(old)
            return old, new, old
        return op, self.prefix + field, marked, act

    def read(self, field, marked=True):
        return self.update("read", field, lambda old: old, marked)

    def write(self, field, value, marked=True):
        return self.update("write", field, lambda _: value, marked)

    def cmpxchg(self, field, expected, value):
        return self.update("rmw", field, lambda old: value if old == expected else old)

    def read_lock(self):
        section = object()
        return "srcu-lock", "dax_srcu", True, lambda: (None, None, self.readers.add(section) or section)

    def read_unlock(self, section):
        return "srcu-unlock", "dax_srcu", True, lambda: (None, None, self.readers.discard(section))

    def synchronize(self):
        seen = yield "sync-begin", "dax_srcu", True, lambda: (None, None, set(self.readers))
        # The only step that can block: its fifth element is a function that returns whether the step is enabled.
        yield "sync-end", "dax_srcu", True, lambda: (None, None, None), lambda: not seen & self.readers

class Null(Device):
    """NULL as the device of a call."""
    null = True

    def __init__(self, device):
        self.readers = device.readers

    def update(self, op, field, change, marked=True):
        raise Fault("null-dereference")

class Calls:
    """Calls: drivers/dax/super.c at 7a6db2eb6d5d. d: the device, a: arguments of the call."""

    def fs_dax_get(self, d, a):
        section = yield d.read_lock()
        found = not d.null and (yield d.read("flags")) and (
            yield d.update("rmw", "i_count", lambda n: n + 1 if n else 0))
        yield d.read_unlock(section)
        if not found:
            return "-ENODEV"
        if (yield d.cmpxchg("holder_data", None, a.get("holder"))) is not None:
            yield from self.put_dax(d, a)
            return "-EBUSY"
        yield d.write("holder_ops", a.get("ops"), marked=False)
        return "ok"

    def fs_dax_get_by_bdev(self, d, a):
        section = yield d.read_lock()
        found = (yield d.read("flags")) and (yield d.update("rmw", "i_count", lambda n: n + 1 if n else 0))
        if found and a.get("holder") is not None:
            found = (yield d.cmpxchg("holder_data", None, a["holder"])) is None
            if found:
                yield d.write("holder_ops", a.get("ops"), marked=False)
        yield d.read_unlock(section)
        return "ok" if found else None

    def fs_put_dax(self, d, a):
        holder = a.get("holder")
        if not d.null and holder is not None:
            yield d.write("holder_ops", None)
            if (yield d.cmpxchg("holder_data", holder, None)) not in (None, holder):
                self.note("warnings", function="fs_put_dax")
        return (yield from self.call("put_dax", {}))

    def put_dax(self, d, a):
        if not d.null and (yield d.update("rmw", "i_count", lambda n: n - 1 if n else 0)) == 1:
            if (yield d.read("flags")):
                self.note("warnings", function="dax_destroy_inode")
            yield "free", d.prefix + "dax_device", True, lambda: (None, None, setattr(d, "freed", True))
        return "ok"

    def kill_dax(self, d, a):
        if d.null:
            return "ok"
        if (yield d.read("holder_data", marked=False)) is not None:
            yield from self.call("dax_holder_notify_failure", {"length": "U64_MAX", "flags": "MF_MEM_PRE_REMOVE"})
        yield d.update("rmw", "flags", lambda _: False)
        yield from d.synchronize()
        yield d.write("holder_ops", None, marked=False)
        yield d.write("holder_data", None, marked=False)
        return "ok"

    def run_dax(self, d, a):
        yield d.update("rmw", "flags", lambda _: True)
        return "ok"

    def dax_holder_notify_failure(self, d, a):
        section = yield d.read_lock()
        result = "-ENXIO"
        if (yield d.read("flags")):
            ops = yield d.read("holder_ops")
            result = "-EOPNOTSUPP" if ops is None else (yield from self.notify(ops, a))
        yield d.read_unlock(section)
        return result

    def dax_holder(self, d, a):
        return (yield d.read("holder_data", marked=False))

class Thread(Calls):
    def __init__(self, run, agent, calls):
        self.run, self.agent = run, agent
        self.sites, self.functions, self.results, self.device = [], [""], {}, run.device
        self.steps = self.body(calls)
        self.resume(None)

    def resume(self, value, fault=None):
        self.pending = None
        try:
            self.pending = self.steps.throw(fault) if fault else self.steps.send(value)
        except StopIteration:
            pass
        except Fault as end:
            self.note("faults", fault=str(end))

    def note(self, what, **record):
        self.run.note(what, agent=self.agent, **record)

    def body(self, calls):
        for call in calls:
            self.sites.append(call["site"])
            yield "call", call["call"], True, lambda: (None, None, None)
            outer, self.device = self.device, self.device_of(call)
            value = yield from self.call(call["call"], call)
            if value == "ok" and call["call"] == "fs_dax_get_by_bdev" and self.device is self.run.log:
                value = "log"  # a pointer to the second device
            self.device, self.results[call["site"]] = outer, value
            yield "return", call["call"], True, lambda: (None, value, None)
            result = {"site": self.sites.pop(), "value": value}
            if call.get("start_off"):
                result["start_off"] = 0  # the whole disk: there are no partitions here
            self.run.out["results"].append(result)

    def device_of(self, call):
        """The device argument: the device, the log, NULL, or what the call at a site returned."""
        given = call.get("device", "ok")
        given = self.results.get(given, given)
        return {"ok": self.run.device, "log": self.run.log}.get(given) or Null(self.run.device)

    def call(self, name, args):
        self.functions.append(name)
        value = yield from getattr(self, name)(self.device, args)
        self.functions.pop()
        return value

    def notify(self, ops, a):
        holder, name = self.run.program["holders"].get(ops), ops + ".notify_failure"
        if holder is None:
            raise Fault("null-call")
        if len(self.sites) > DEPTH_LIMIT:
            raise Fault("livelock")
        self.functions.append(name)
        yield "call", name, True, lambda: (None, None, None)
        details = {"device": "log"} if self.device is self.run.log else {}
        details = {**details, "offset": a.get("offset", 0), "length": a.get("length", 4096), "flags": a.get("flags", 0)}
        self.note("callbacks", holder=ops, **details)
        yield from self.body(holder["calls"])
        yield "return", name, True, lambda: (None, holder["returns"], None)
        self.functions.pop()
        return holder["returns"]

class Run:
    """One execution of a program under one schedule."""

    def __init__(self, program, schedule):
        readers = set()
        self.program, self.device, self.log = program, Device(program["device"], readers), None
        if "log" in program:
            self.log = Device(program["log"] or FREE, readers, "log.")
        self.begin([{"calls": program["setup"]}], [])
        if self.out["faults"]:
            raise RuntimeError("setup ends in a " + self.out["faults"][0]["fault"])
        devices = [("device", self.device)] + [("log", self.log)] * ("log" in program)
        start = dict(self.device.state(), **{name: each.state() for name, each in devices[1:]})
        refs = {name: each.word["i_count"] for name, each in devices}
        self.begin(program["threads"], schedule)
        self.out.update(agents=[thread["name"] for thread in program["threads"]], start=start)
        for name, each in devices:
            self.out[name] = dict(each.state(), refs=each.word["i_count"] - refs[name])

    def begin(self, threads, schedule):
        lists = "events results warnings callbacks faults blocked".split()
        self.out = dict({name: [] for name in lists}, diverged=None)
        self.follow([Thread(self, agent, each["calls"]) for agent, each in enumerate(threads)], schedule)

    def note(self, what, **record):
        self.out[what].append(dict(record, event=len(self.out["events"]) - 1))

    def follow(self, threads, schedule):
        out, current = self.out, None
        for at in range(EVENT_LIMIT + 1):
            enabled = [t.agent for t in threads if t.pending and (len(t.pending) == 4 or t.pending[4]())]
            if not enabled:
                break
            if at == EVENT_LIMIT:
                return self.note("faults", fault="livelock", agent=None)
            if current not in enabled:
                current = enabled[0]
            if at < len(schedule) and not out["diverged"]:
                wanted = schedule[at]
                if wanted in enabled:
                    current = wanted
                else:
                    why = "ended" if wanted < len(threads) else "unknown-agent"
                    why = "blocked" if wanted in [t.agent for t in threads if t.pending] else why
                    out["diverged"] = {"at": at, "agent": wanted, "why": why}
            self.perform(threads[current], enabled)
        out["blocked"] = [{"agent": t.agent, "op": t.pending[0], "object": t.pending[1]} for t in threads if t.pending]
        if out["blocked"]:
            self.note("faults", fault="deadlock", agent=None)

    def perform(self, thread, enabled):
        op, what, marked, act = thread.pending[:4]
        where = {"site": thread.sites[-1], "function": thread.functions[-1], "enabled": enabled}
        old, new, value = act()
        event = {"agent": thread.agent, "op": op, "object": what, "marked": marked, "old": old, "new": new}
        self.out["events"].append(dict(event, **where))
        device = self.log if what.startswith("log.") else self.device
        freed = device.freed and what.replace("log.", "") in FIELDS
        thread.resume(value, Fault("use-after-free") if freed else None)

def unknown(program):
    """Calls and keys of the program that this adapter does not know; with any, it skips the vector."""
    holders = [holder for holder in program["holders"].values() if holder]
    lists = [program["setup"]] + [each["calls"] for each in program["threads"] + holders]
    calls = [call for calls in lists for call in calls]
    words = set(program).union({call["call"] for call in calls}, *calls)
    return sorted(words - set(CALLS) - KEYS)

def answer(request):
    if request["request"] == "hello" and request["protocol"] == 1:
        return {"answer": "hello", "protocol": 1, "name": "Python example", "version": "1", "target": "merged",
                "calls": CALLS, "fields": FIELDS, "explores": True, "limits": {}}
    if request["request"] != "execute":
        return {"answer": "errored", "message": "this is protocol 1: hello, execute"}
    program = request["program"]
    if unknown(program):
        return {"answer": "skipped", "reason": "unknown here: " + ", ".join(unknown(program))}
    return {"answer": "results", "executions": [Run(program, schedule).out for schedule in request["schedules"]]}

for line in sys.stdin.buffer:
    seq = ""
    try:
        request = json.loads(line)
        seq = request["seq"]
        reply = answer(request)
    except Exception as error:  # report it to the runner and go on
        reply = {"answer": "errored", "message": "%s: %s" % (type(error).__name__, error)}
    print(json.dumps(dict(reply, seq=seq), separators=(",", ":")), flush=True)
