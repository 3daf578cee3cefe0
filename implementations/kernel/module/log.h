/* SPDX-License-Identifier: GPL-2.0-only */
/* Problems: what the kernel log and the taints gained in an execution. */
#ifndef DV_LOG_H
#define DV_LOG_H

#define DV_MAX_PROBLEMS	4
#define DV_PROBLEM_SIZE	160

extern char dv_problems[DV_MAX_PROBLEMS][DV_PROBLEM_SIZE];
extern int dv_nr_problems;

void dv_add_problem(const char *text);
/* Takes the log and the taints as they are for the start. */
void dv_log_reset(void);
/* Adds a problem for each report and taint since the last look. */
void dv_log_check(void);
/* Counts a WARN that warning.c saw: the log must have it as well. */
void dv_log_expect_warning(void);

#endif
