/* SPDX-License-Identifier: GPL-2.0-only */
/* The device node /dev/dax-vectors. */
#ifndef DV_CHARDEV_H
#define DV_CHARDEV_H

int dv_chardev_start(void);
void dv_chardev_stop(void);

#endif
