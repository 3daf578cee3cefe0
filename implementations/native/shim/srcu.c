// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU. synchronize_srcu() waits for the read sections that are open when it
 * starts, not for later ones. It is two events, as other threads may enter and
 * leave read sections in between. Read sections are numbered in order of entry.
 */
#include "vocabulary.h"
#include "shim.h"

struct dv_wait {
	int begin;		/* number of the first later section */
	unsigned long seen;	/* open sections before it */
	struct dv_wait *next;
};

struct srcu_struct dv_rcu = { .name = "rcu" };

int srcu_read_lock(struct srcu_struct *ssp)
{
	dv_machine->point(DV_SRCU_LOCK, ssp->name, NULL, DV_CALLER);
	ssp->readers++;
	return ssp->entered++;
}

void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	struct dv_wait *wait;

	dv_machine->point(DV_SRCU_UNLOCK, ssp->name, NULL, DV_CALLER);
	ssp->readers--;
	/* idx is -1 from rcu_read_unlock(), which ends the oldest section. */
	for (wait = ssp->waits; wait; wait = wait->next)
		if (idx < wait->begin && wait->seen)
			wait->seen--;
}

void synchronize_srcu(struct srcu_struct *ssp)
{
	struct dv_wait wait, **link;

	dv_machine->point(DV_SYNC_BEGIN, ssp->name, NULL, DV_CALLER);
	wait.begin = ssp->entered;
	wait.seen = ssp->readers;
	wait.next = ssp->waits;
	ssp->waits = &wait;
	dv_machine->point(DV_SYNC_END, ssp->name, &wait.seen, DV_CALLER);
	for (link = &ssp->waits; *link != &wait; link = &(*link)->next)
		;
	*link = wait.next;
}

void rcu_barrier(void)
{
}
