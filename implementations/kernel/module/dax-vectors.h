/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs a program's threads on a dax_device one access at a time, in the order
 * that a schedule says. Every thread has a processor of its own and is held
 * right after each of its accesses, until it is its turn again.
 */
#ifndef DAX_VECTORS_H
#define DAX_VECTORS_H

#include <linux/dax.h>
#include <linux/kprobes.h>
#include <linux/sched.h>
#include <linux/types.h>

/* Of drivers/dax/dax-private.h, which is not installed. */
struct inode *dax_inode(struct dax_device *dax_dev);
void run_dax(struct dax_device *dax_dev);

#define DV_MAX_THREADS	8
#define DV_MAX_HOLDERS	16
#define DV_MAX_CALLS	16
#define DV_MAX_EVENTS	4096
#define DV_MAX_RECORDS	256
#define DV_MAX_SCHEDULE	DV_MAX_EVENTS
/* Read sections and callbacks of one thread within each other. */
#define DV_MAX_DEPTH	32
#define DV_NAME		32
#define DV_MAX_ENDS	16
#define DV_MAX_TROUBLES	4
#define DV_TROUBLE	160

/*
 * How long a thread is held at most, in nanoseconds: far below the 20 s of
 * the soft lockup detector and the 21 s of an RCU stall.
 */
#define DV_HOLD_LIMIT	(5ULL * NSEC_PER_SEC)
/*
 * How long a thread may take from one access to the next. It takes less than
 * a millisecond, but an emulated processor may be left without a real one.
 */
#define DV_STEP_LIMIT	(3ULL * NSEC_PER_SEC)

enum dv_fn {
	DV_FS_DAX_GET,
	DV_FS_DAX_GET_BY_BDEV,
	DV_FS_PUT_DAX,
	DV_PUT_DAX,
	DV_KILL_DAX,
	DV_RUN_DAX,
	DV_DAX_HOLDER_NOTIFY_FAILURE,
	DV_DAX_HOLDER,
	DV_DAX_ALIVE,
	DV_DAX_READ_LOCK,
	DV_DAX_READ_UNLOCK,
	DV_NR_FNS,
};

enum dv_op {
	DV_READ,
	DV_WRITE,
	DV_RMW,
	DV_LOCK,
	DV_UNLOCK,
	DV_SRCU_LOCK,
	DV_SRCU_UNLOCK,
	DV_SYNC_BEGIN,
	DV_SYNC_END,
	DV_CALL,
	DV_RETURN,
	DV_FREE,
};

enum dv_object {
	/* Those that are watched come first. */
	DV_HOLDER_DATA,
	DV_HOLDER_OPS,
	DV_FLAGS,
	DV_NR_WATCHED,
	DV_I_COUNT = DV_NR_WATCHED,
	DV_NR_FIELDS,
	DV_SRCU = DV_NR_FIELDS,
	DV_MUTEX,
	DV_DEVICE,
	DV_FUNCTION,
	DV_CALLBACK,
};

struct dv_call {
	enum dv_fn fn;
	int site;
	void *holder;
	const struct dax_holder_operations *ops;
	u64 offset;
	u64 length;
	int flags;
};

struct dv_calls {
	int nr;
	struct dv_call call[DV_MAX_CALLS];
};

struct dv_holder {
	char name[DV_NAME];
	/* A holder whose operations have no callback. */
	bool mute;
	int returns;
	struct dv_calls calls;
};

struct dv_state {
	bool alive;
	void *holder;
	const struct dax_holder_operations *ops;
	int refs;
};

struct dv_program {
	int nr_holders;
	struct dv_holder holders[DV_MAX_HOLDERS];
	struct dv_state device;
	struct dv_calls setup;
	int nr_threads;
	char names[DV_MAX_THREADS][DV_NAME];
	struct dv_calls threads[DV_MAX_THREADS];
};

struct dv_event {
	u8 agent;
	u8 op;
	u8 object;
	/* The call, or the callback's holder. */
	u8 what;
	bool marked;
	/* Of a callback within which it happened, -1 for none. */
	s8 within;
	int site;
	u32 enabled;
	unsigned long old;
	unsigned long new;
	unsigned long ip;
};

enum dv_record_type { DV_WARNING, DV_TOLD, DV_FAULT };

struct dv_record {
	enum dv_record_type type;
	int agent;
	int event;
	/* DV_WARNING */
	unsigned long ip;
	const char *file;
	int line;
	/* DV_FAULT */
	const char *fault;
	/* DV_TOLD */
	int holder;
	u64 offset;
	u64 length;
	int flags;
};

enum dv_thread_state {
	DV_IDLE,
	DV_RUNNING,
	/* It has done its access and waits for its turn. */
	DV_HELD,
	/* It is at the door of mutex_lock(), which somebody else has. */
	DV_LOCKING,
	/* It is in synchronize_srcu(). */
	DV_SYNCING,
	/* It waits for its turn at the end of synchronize_srcu(). */
	DV_SYNCED,
	/* It did what a kernel does not survive. */
	DV_FAULTED,
};

struct dv_thread {
	struct task_struct *task;
	int index;
	int cpu;
	const struct dv_calls *calls;
	void (*body)(struct dv_thread *thread);
	/* Written by one side, read by the other: acquire and release. */
	int state;
	int go;
	/* Number of the run that it is to take part in. */
	int wanted;
	/* It has returned from its last call. */
	bool ended;
	/* The state in which it waits for ever. */
	int blocked;
	/* The call and the callback that it is in. */
	int site;
	enum dv_fn fn;
	int within;
	int depth;
	/* It went through the final iput(). */
	bool destroyed;
};

struct dv_control {
	/* Are accesses events? Otherwise threads run as they like. */
	bool recording;
	/* Everybody is to come to an end. */
	bool draining;
	/* A hold or a step took too long. */
	bool late;
};

struct dv_trace {
	int nr_events;
	int nr_records;
	u32 enabled;
	/* The final iput() gave the device back. */
	bool freed;
	unsigned long values[DV_NR_FIELDS];
	struct dv_event events[DV_MAX_EVENTS];
	struct dv_record records[DV_MAX_RECORDS];
};

struct dv_outcome {
	int diverged_at;
	int diverged_agent;
	const char *diverged_why;
	u32 blocked;
};

struct dv_run {
	struct dv_state start;
	struct dv_state end;
};

/* What became of tries that nobody drove. */
struct dv_stress {
	/* 0 when threads are driven. */
	int wanted;
	int tries;
	u64 nanoseconds;
	int nr_ends;
	struct {
		struct dv_state state;
		int count;
	} ends[DV_MAX_ENDS];
};

extern struct dv_run dv_run;
extern struct dv_control dv_control;
extern struct dv_trace dv_trace;
extern struct dv_outcome dv_outcome;
extern struct dv_thread dv_threads[DV_MAX_THREADS];
extern int dv_max_threads;

/* program.c */
extern struct dv_program dv_program;
extern const char *const dv_fn_names[DV_NR_FNS];
bool dv_has(enum dv_fn fn);

/* device.c */
extern struct dax_device *dv_dax_dev;
extern struct inode *dv_inode;
extern struct block_device *dv_bdev;
extern int dv_offsets[DV_NR_WATCHED];
int dv_device_make(void);
void dv_device_unmake(void);
unsigned long dv_value(enum dv_object object);
void *dv_address(enum dv_object object);
void dv_device_set(const struct dv_state *state);
bool dv_device_is_evicted(void);
void dv_device_get(struct dv_state *state);
void dv_device_immortal(void);

/* calls.c */
extern const struct dax_holder_operations dv_ops[DV_MAX_HOLDERS];
void *dv_holder_pointer(int holder);
const char *dv_holder_name(unsigned long pointer);
const char *dv_ops_name(unsigned long pointer);
void dv_make_calls(struct dv_thread *thread, const struct dv_calls *calls,
		   bool last);

/* thread.c */
int dv_threads_start(void);
void dv_threads_stop(void);
struct dv_thread *dv_current(void);
void dv_hold(struct dv_thread *thread, enum dv_thread_state state);
void dv_relax(void);
int dv_state_of(struct dv_thread *thread);
bool dv_leaves(struct dv_thread *thread, int state);
void dv_release(struct dv_thread *thread, const struct dv_calls *calls,
		void (*body)(struct dv_thread *thread));

/* trace.c */
void dv_event(struct dv_thread *thread, enum dv_op op, enum dv_object object,
	      bool marked, unsigned long old, unsigned long new,
	      unsigned long ip);
struct dv_event *dv_note(struct dv_thread *thread, enum dv_op op,
			 enum dv_object object);
void dv_fault(struct dv_thread *thread, const char *fault);
struct dv_record *dv_record(enum dv_record_type type, int agent);

/* watch.c */
int dv_watch_start(void);
void dv_watch_stop(void);
void dv_watch_pause(bool pause);

/* decode.c */
enum dv_op dv_decode(const struct pt_regs *regs, unsigned long address,
		     bool changed);

/* section.c */
extern struct kretprobe dv_enter_probe;
extern struct kretprobe dv_leave_probe;
extern struct kretprobe dv_sync_probe;
int dv_section_start(void);
void dv_section_stop(void);
void dv_sections_reset(void);
void dv_sync_end(struct dv_thread *thread);
bool dv_waits(const struct dv_thread *thread);
void dv_settle(struct dv_thread *thread);
void dv_leave_sections(struct dv_thread *thread);
void dv_inherit_sections(struct dv_thread *thread);
void dv_leave_inherited(void);
void dv_enter_inherited(void);
void dv_forget_inherited(void);

/* mutex.c */
extern struct kretprobe dv_lock_probe;
extern struct kretprobe dv_unlock_probe;
void dv_mutex_reset(void);
bool dv_mutex_is_taken(void);
void dv_give_back(void);

/* probe.c */
struct dv_thread *dv_ours(unsigned long argument, const void *wanted);

/* One thread's calls of a probed function within each other. */
#define DV_NESTED	(DV_MAX_DEPTH * DV_MAX_THREADS)

#define DV_PROBE(name, symbol)						\
	{								\
		.kp.symbol_name = symbol,				\
		.entry_handler = name##_entry,				\
		.handler = name##_return,				\
		.maxactive = DV_NESTED,					\
	}

/* refcount.c */
extern struct kretprobe dv_igrab_probe;
extern struct kretprobe dv_iput_probe;

/* warning.c */
int dv_warning_start(void);
void dv_warning_stop(void);
void dv_forget_warnings(void);

/* observe.c */
int dv_observe_start(void);
void dv_observe_stop(void);
void dv_observe_pause(bool pause);

/* log.c */
extern char dv_troubles[DV_MAX_TROUBLES][DV_TROUBLE];
extern int dv_nr_troubles;
extern atomic_t dv_warned;
void dv_trouble(const char *text);
void dv_log_forget(void);
void dv_log_check(void);

/* schedule.c */
void dv_follow(const u8 *schedule, int length);

/* run.c */
void dv_reset(void);
bool dv_drain(void);
int dv_prepare(void);
void dv_execute(const u8 *schedule, int length);

/* stress.c */
extern struct dv_stress dv_stress;
void dv_stress_run(int tries);

/* command.c */
void dv_line(char *line);

/* report.c */
void dv_report_troubles(void);
void dv_report_execution(void);
void dv_report_stress(void);
void dv_report_hello(void);

/* super.c */
#ifdef DV_SUPER
int dv_super_start(void);
void dv_super_stop(void);
void *dv_super_private(void);
/* The device lock of the tree, NULL where it has none. */
struct mutex *dv_super_mutex(void);
#else
static inline int dv_super_start(void)
{
	return 0;
}

static inline void dv_super_stop(void)
{
}

static inline void *dv_super_private(void)
{
	return NULL;
}

static inline struct mutex *dv_super_mutex(void)
{
	return NULL;
}
#endif

/* output.c */
__printf(1, 2) void dv_say(const char *format, ...);
void dv_output_reset(void);
ssize_t dv_output_read(char __user *buffer, size_t size);
int dv_output_wait(void);
void dv_output_wake(void);
int dv_output_start(void);
void dv_output_stop(void);

/* chardev.c */
int dv_chardev_start(void);
void dv_chardev_stop(void);

#endif
