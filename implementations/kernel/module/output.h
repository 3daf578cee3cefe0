/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers: text that readers of /dev/dax-vectors get. */
#ifndef DV_OUTPUT_H
#define DV_OUTPUT_H

#include <linux/compiler.h>
#include <linux/types.h>

int dv_output_start(void);
void dv_output_stop(void);
void dv_output_reset(void);

__printf(1, 2) void dv_print(const char *format, ...);
/* Sleeps until there is space for the longest answer. */
int dv_output_wait(void);
/* Wakes readers. */
void dv_output_wake(void);
/* Sleeps until there is output, and copies it to user space. */
ssize_t dv_output_read(char __user *buffer, size_t size);

#endif
