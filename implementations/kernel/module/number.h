/* SPDX-License-Identifier: GPL-2.0-only */
/* Probe on iget5_locked(), the lookup of a device by its number. */
#ifndef DV_NUMBER_H
#define DV_NUMBER_H

#include <linux/kprobes.h>

extern struct kretprobe dv_lookup_probe;

#endif
