/* SPDX-License-Identifier: GPL-2.0-only */
/* WARNs that threads of the program give. */
#ifndef DV_WARNING_H
#define DV_WARNING_H

int dv_warning_start(void);
void dv_warning_stop(void);
/* Lets each WARN_ONCE() warn again. */
void dv_reset_warn_once(void);

#endif
