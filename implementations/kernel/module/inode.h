/* SPDX-License-Identifier: GPL-2.0-only */
/* The inodes of the devices under test. */
#ifndef DV_INODE_H
#define DV_INODE_H

#include <linux/types.h>

#include "program.h"

/*
 * Gives the inodes a copy of their super block with other operations, so that
 * the operation destroy_inode is replaced for these inodes only.
 */
int dv_inodes_take(void);
void dv_inodes_give_back(void);

struct super_block *dv_real_super_block(void);
/* Gives the inodes their real super block or the copy, for a lookup. */
void dv_inodes_show(bool real);
/* The module knows where a lookup by number finds the inodes. */
bool dv_inodes_have_numbers(void);

/* True if the inode went through evict() since dv_inode_revive(). */
bool dv_inode_is_evicted(enum dv_which which);
/* Initialises an evicted inode again. */
void dv_inode_revive(enum dv_which which);

#endif
