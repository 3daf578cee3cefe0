/* SPDX-License-Identifier: GPL-2.0-only */
/* Problems: what the kernel log and the taints gained in an execution. */
#ifndef DV_LOG_H
#define DV_LOG_H

#define DV_MAX_TROUBLES	4
#define DV_TROUBLE	160

extern char dv_troubles[DV_MAX_TROUBLES][DV_TROUBLE];
extern int dv_nr_troubles;

void dv_trouble(const char *text);
/* Takes the log and the taints as they are for the start. */
void dv_log_forget(void);
/* Adds a problem for each report and taint since the last look. */
void dv_log_check(void);
/* Counts a WARN that warning.c saw: the log must have it as well. */
void dv_log_expect_warning(void);

#endif
