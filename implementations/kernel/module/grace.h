/* SPDX-License-Identifier: GPL-2.0-only */
/* Grace periods of dax_srcu. */
#ifndef DV_GRACE_H
#define DV_GRACE_H

#include <linux/kprobes.h>

#include "thread.h"

extern struct kretprobe dv_sync_probe;

/* True if the thread's synchronize_srcu() still has readers to wait for. */
bool dv_sync_waits(const struct dv_thread *thread);
/* Waits until the thread's synchronize_srcu() ignores new readers. */
void dv_sync_settle(struct dv_thread *thread);
/* Makes the return of synchronize_srcu() an event. */
void dv_sync_end(struct dv_thread *thread);

#endif
