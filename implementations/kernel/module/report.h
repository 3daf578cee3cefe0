/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers about executions. */
#ifndef DV_REPORT_H
#define DV_REPORT_H

void dv_report_problems(void);
void dv_report_execution(void);
void dv_report_stress(void);

#endif
