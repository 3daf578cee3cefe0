/* SPDX-License-Identifier: MIT */
/* DAXV-0001/fs_dax_get_by_bdev: a claim that races with a release leaves the new holder with its operations. */
#include "dax.pml"

init {
	atomic { run releaser(); run claimer() }
	(_nr_pr == 1);
	assert(alive && holder_data == (got -> B : NONE) && holder_ops == holder_data)
}
