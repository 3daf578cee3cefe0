/* SPDX-License-Identifier: MIT */
#ifndef DV_HOOKS_H
#define DV_HOOKS_H

#include "interface.h"

/* The machine's functions that the shim calls. */
extern struct dv_machine dv_hooks __attribute__((visibility("hidden")));

#endif
