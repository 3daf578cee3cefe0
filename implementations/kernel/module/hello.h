/* SPDX-License-Identifier: GPL-2.0-only */
/* Answer to "hello". */
#ifndef DV_HELLO_H
#define DV_HELLO_H

void dv_hello(void);

#endif
