/* SPDX-License-Identifier: MIT */
/* DAXV-0002: if a claim returned before a removal began, the removal notifies its holder. */
#include "dax.pml"

/* True if the claim had succeeded and returned when the removal began: the holder must be notified. */
bool owed = false;

proctype remover() {
	byte seen;

	owed = got;
	if
	:: holder_data != NONE ->
		/* dax_holder_notify_failure(), which fetches holder_ops once */
		srcu_read_lock(NOTIFY);
		if
		:: alive -> notified = holder_ops
		:: else
		fi;
		srcu_read_unlock(NOTIFY)
	:: else
	fi;
	alive = false;
	/* synchronize_srcu(): waits for the read sections that are open now, not for later ones. */
	seen = readers;
	(readers & seen) == 0;
	holder_ops = NONE;
	holder_data = NONE
}

init {
	atomic { run releaser(); run claimer(); run remover() }
	(_nr_pr == 1);
	assert(!alive && holder_data == NONE && holder_ops == NONE);
	assert(!owed || notified == B)
}
