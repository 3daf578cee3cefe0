/* SPDX-License-Identifier: GPL-2.0-only */
/* The dax_operations of drivers. */
#ifndef DV_OPERATIONS_H
#define DV_OPERATIONS_H

#include <linux/dax.h>

#include "program.h"

/* Holder i is driver i. */
extern struct dax_operations dv_operations[DV_MAX_HOLDERS];

/* Gives each driver all operations. */
void dv_operations_reset(void);
/* Removes a member; false if it is unknown. */
bool dv_operation_remove(int holder, const char *member);

#endif
