/* SPDX-License-Identifier: GPL-2.0-only */
/* Driver data of a dax device on the dax bus. */
#ifndef __DAX_PRIVATE_H__
#define __DAX_PRIVATE_H__

#include <linux/device.h>

struct dev_dax {
	struct device dev;
};

#endif
