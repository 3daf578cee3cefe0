/* SPDX-License-Identifier: GPL-2.0-only */
/* Probes on igrab() and iput(). */
#ifndef DV_REFCOUNT_H
#define DV_REFCOUNT_H

#include <linux/kprobes.h>

extern struct kretprobe dv_igrab_probe;
extern struct kretprobe dv_iput_probe;

#endif
