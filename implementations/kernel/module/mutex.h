/* SPDX-License-Identifier: GPL-2.0-only */
/* Device locks, which fs_dax_get() takes since v7.1. */
#ifndef DV_MUTEX_H
#define DV_MUTEX_H

#include <linux/kprobes.h>

#include "thread.h"

extern struct kretprobe dv_lock_probe;
extern struct kretprobe dv_unlock_probe;

void dv_mutex_reset(void);
/* True if another thread has the mutex that this one is held before. */
bool dv_mutex_is_taken(const struct dv_thread *thread);
/* The device whose mutex a thread locks. */
enum dv_which dv_mutex_which(const struct dv_thread *thread);
/* Unlocks each mutex for a thread that ended or deadlocked with it. */
void dv_unlock_abandoned(void);

#endif
