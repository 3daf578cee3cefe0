// SPDX-License-Identifier: GPL-2.0-only
/*
 * Observes read sections of dax_srcu, and leaves sections of threads that ended
 * or deadlocked inside. Sections that setup left open are here as well, because
 * a grace period waits for both.
 */
#include <linux/kprobes.h>
#include <linux/srcu.h>

#include "probe.h"
#include "program.h"
#include "section.h"
#include "thread.h"
#include "trace.h"

struct srcu_struct *dv_dax_srcu;

struct section {
	int serial;
	int idx;
	/* Left by the coordinator for the thread. */
	bool given_up;
};

static struct reader {
	int nr_sections;
	struct section sections[DV_MAX_DEPTH];
} readers[DV_MAX_THREADS];

static int serials;

/* Task of dv_section_start(). */
static struct task_struct *finder;
/* Takes the unlock of a section that the coordinator left already. */
DEFINE_STATIC_SRCU(discard_srcu);

/* Sections that setup left open. */
static struct section setup_sections[DV_MAX_DEPTH];
static int nr_setup_sections;

static struct reader *reader_of(const struct dv_thread *thread)
{
	return &readers[thread->index];
}

void dv_sections_reset(void)
{
	int index;

	serials = 0;
	for (index = 0; index < DV_MAX_THREADS; index++)
		readers[index].nr_sections = 0;
}

static int enter_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (unlikely(!dv_dax_srcu && finder == current))
		dv_dax_srcu = (struct srcu_struct *)regs->di;
	return dv_current_if(regs->di, dv_dax_srcu) ? 0 : 1;
}

static int enter_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();
	struct reader *reader = reader_of(thread);
	struct section *section = &reader->sections[reader->nr_sections];

	if (reader->nr_sections < DV_MAX_DEPTH - 1)
		reader->nr_sections++;
	section->serial = serials++;
	section->idx = regs_return_value(regs);
	section->given_up = false;
	if (dv_control.recording)
		dv_hold_at(thread, &(struct dv_event){
			.op = DV_SRCU_LOCK,
			.object = DV_SRCU,
			.marked = true,
			.ip = get_kretprobe_retaddr(ri),
		});
	return 0;
}

static int leave_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current_if(regs->di, dv_dax_srcu);
	struct reader *reader;

	if (!thread)
		return 1;
	reader = reader_of(thread);
	if (reader->nr_sections == 0)
		return 1;
	if (reader->sections[--reader->nr_sections].given_up)
		regs->di = (unsigned long)&discard_srcu;
	return 0;
}

static int leave_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct dv_thread *thread = dv_current();

	if (dv_control.recording)
		dv_hold_at(thread, &(struct dv_event){
			.op = DV_SRCU_UNLOCK,
			.object = DV_SRCU,
			.marked = true,
			.ip = get_kretprobe_retaddr(ri),
		});
	return 0;
}

int dv_open_sections(int serials[DV_MAX_DEPTH])
{
	int nr = 0;
	int other, index;

	for (index = 0; index < nr_setup_sections; index++)
		serials[nr++] = setup_sections[index].serial;
	for (other = 0; other < dv_max_threads; other++) {
		struct reader *reader = &readers[other];

		for (index = 0; index < reader->nr_sections; index++)
			if (nr < DV_MAX_DEPTH)
				serials[nr++] = reader->sections[index].serial;
	}
	return nr;
}

bool dv_section_is_open(int serial)
{
	int thread, index;

	for (index = 0; index < nr_setup_sections; index++)
		if (setup_sections[index].serial == serial)
			return true;
	for (thread = 0; thread < dv_program.nr_threads; thread++) {
		struct reader *reader = &readers[thread];

		for (index = 0; index < reader->nr_sections; index++)
			if (reader->sections[index].serial == serial)
				return true;
	}
	return false;
}

int dv_section_idx(void)
{
	int idx = -1;
	int reader, index;

	for (index = 0; index < nr_setup_sections; index++)
		idx = setup_sections[index].idx;
	for (reader = 0; reader < dv_program.nr_threads; reader++)
		for (index = 0; index < readers[reader].nr_sections; index++)
			idx = readers[reader].sections[index].idx;
	return idx;
}

static void leave_section(struct section *section)
{
	if (section->given_up)
		return;
	section->given_up = true;
	__srcu_read_unlock(dv_dax_srcu, section->idx);
}

void dv_leave_sections(struct dv_thread *thread)
{
	struct reader *reader = reader_of(thread);
	int index;

	for (index = 0; index < reader->nr_sections; index++)
		leave_section(&reader->sections[index]);
}

void dv_keep_setup_sections(struct dv_thread *thread)
{
	struct reader *reader = reader_of(thread);
	int index;

	for (index = 0; index < reader->nr_sections; index++) {
		struct section *section = &setup_sections[nr_setup_sections++];

		*section = reader->sections[index];
		/* Different from the serials of an execution. */
		section->serial = -nr_setup_sections;
	}
	reader->nr_sections = 0;
}

void dv_leave_setup_sections(void)
{
	int index;

	for (index = 0; index < nr_setup_sections; index++)
		leave_section(&setup_sections[index]);
}

void dv_enter_setup_sections(void)
{
	int index;

	for (index = 0; index < nr_setup_sections; index++) {
		setup_sections[index].idx = __srcu_read_lock(dv_dax_srcu);
		setup_sections[index].given_up = false;
	}
}

void dv_drop_setup_sections(void)
{
	dv_leave_setup_sections();
	nr_setup_sections = 0;
}

struct kretprobe dv_enter_probe = DV_PROBE(enter, "__srcu_read_lock");
struct kretprobe dv_leave_probe = DV_PROBE(leave, "__srcu_read_unlock");

int dv_section_start(void)
{
	finder = current;
	dax_read_unlock(dax_read_lock());
	finder = NULL;
	if (dv_dax_srcu)
		return 0;
	pr_err("cannot find dax_srcu\n");
	return -ENODEV;
}

void dv_section_stop(void)
{
	if (dv_dax_srcu)
		dv_drop_setup_sections();
	dv_dax_srcu = NULL;
}
