// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU: synchronize_srcu() waits for the readers that it saw, not for later
 * ones. It is two points because readers may come and go in between. Read
 * sections are numbered in the order in which they are entered.
 */
#include "vocabulary.h"
#include "shim.h"

struct dv_wait {
	int begin;		/* number of the first one that came later */
	unsigned long seen;	/* those that came before and are there yet */
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
	/* rcu_read_unlock() has no number: -1, as if the oldest one ended. */
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
