/* SPDX-License-Identifier: MIT */
/* DAXV-0002: a holder whose claim had returned before a removal began is told of the removal. */
#include "dax.pml"

/* Had the claim succeeded and returned when the removal began? */
bool owed = false;

proctype remover() {
	byte seen;

	owed = got;
	if
	:: holder_data != NONE ->
		/* dax_holder_notify_failure(), which fetches holder_ops once */
		srcu_read_lock(NOTIFY);
		if
		:: alive -> told = holder_ops
		:: else
		fi;
		srcu_read_unlock(NOTIFY)
	:: else
	fi;
	alive = false;
	/* synchronize_srcu(): looks who reads, and waits for those only. */
	seen = readers;
	(readers & seen) == 0;
	holder_ops = NONE;
	holder_data = NONE
}

init {
	atomic { run releaser(); run claimer(); run remover() }
	(_nr_pr == 1);
	assert(!alive && holder_data == NONE && holder_ops == NONE);
	assert(!owed || told == B)
}
