/* SPDX-License-Identifier: MIT */
#ifndef DV_CHILD_H
#define DV_CHILD_H

#include <sys/types.h>

#include "channel.h"
#include "interface.h"

/* Answers requests in the process of a tree until the parent exits. */
__attribute__((noreturn))
void dv_serve(struct dv_shared *shared, dv_bind_t *bind, pid_t parent);

#endif
