/* SPDX-License-Identifier: MIT */
/*
 * The dax_device holder protocol, one statement an access, as implementations/reference has it: fs_put_dax() by A,
 * fs_dax_get_by_bdev() by B. With -DOLD_PUT fs_put_dax() is that of v6.12-stable, else the merged one.
 */
#define NONE 0
#define A 1
#define B 2

/* Read sections, a bit each: one bit suffices because each section is entered once at most. */
#define CLAIM 1
#define NOTIFY 2

byte holder_data = A;
byte holder_ops = A;
bool alive = true;
byte i_count = 2;
byte readers = 0;
/* True if the claim succeeded and returned; the holder that the removal notified. */
bool got = false;
byte notified = NONE;

inline srcu_read_lock(section) { readers = readers | section }
inline srcu_read_unlock(section) { readers = readers & ~section }

inline cmpxchg(prev, old, new) {
	d_step {
		prev = holder_data;
		if
		:: prev == old -> holder_data = new
		:: else
		fi
	}
}

/* Freeing the inode is not modelled: the assertions check that the last reference is never dropped. */
inline igrab() { d_step { assert(i_count > 0); i_count++ } }
inline iput() { d_step { assert(i_count > 1); i_count-- } }

proctype releaser() {
	byte prev;

#ifdef OLD_PUT
	cmpxchg(prev, A, NONE);
	if
	:: prev == A -> holder_ops = NONE
	:: else
	fi;
#else
	holder_ops = NONE;
	cmpxchg(prev, A, NONE);
	assert(prev == NONE || prev == A);
#endif
	iput()
}

proctype claimer() {
	byte prev;
	bool found = false;

	srcu_read_lock(CLAIM);
	if
	:: alive ->
		igrab();
		cmpxchg(prev, NONE, B);
		if
		:: prev == NONE -> holder_ops = B; found = true
		:: else
		fi
	:: else
	fi;
	srcu_read_unlock(CLAIM);
	/* The return is a separate step, because the removal may begin before it. */
	got = found
}
