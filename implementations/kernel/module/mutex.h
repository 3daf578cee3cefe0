/* SPDX-License-Identifier: GPL-2.0-only */
/* The device lock, which fs_dax_get() takes since v7.1. */
#ifndef DV_MUTEX_H
#define DV_MUTEX_H

#include <linux/kprobes.h>

extern struct kretprobe dv_lock_probe;
extern struct kretprobe dv_unlock_probe;

void dv_mutex_reset(void);
bool dv_mutex_is_taken(void);
/* Unlocks the mutex for a thread that ended or deadlocked with it. */
void dv_unlock_abandoned(void);

#endif
