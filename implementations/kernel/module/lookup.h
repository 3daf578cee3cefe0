/* SPDX-License-Identifier: GPL-2.0-only */
/* Addresses of symbols that the kernel does not export. */
#ifndef DV_LOOKUP_H
#define DV_LOOKUP_H

void dv_lookup_start(void);
/* NULL for a symbol that the kernel lacks, or that cannot be looked up. */
void *dv_look_up(const char *name);

#endif
