/* SPDX-License-Identifier: GPL-2.0-only */
/* The inode of the device under test. */
#ifndef DV_INODE_H
#define DV_INODE_H

#include <linux/types.h>

/*
 * Gives this inode a copy of its super block with other operations, so that
 * the operation destroy_inode is replaced for this inode only.
 */
int dv_inode_take(void);
void dv_inode_give_back(void);

/* True if the inode went through evict() since dv_inode_revive(). */
bool dv_inode_is_evicted(void);
/* Initialises an evicted inode again. */
void dv_inode_revive(void);

#endif
