/* SPDX-License-Identifier: MIT */
/* The loaded tree, and copies of its memory to start executions from. */
#ifndef DV_IMAGE_H
#define DV_IMAGE_H

#include "interface.h"

/* Maximum size of a tree's writable segment, in bytes. */
#define DV_DATA_MAX	(64 * 1024)

extern struct dv_image {
	const struct dv_tree *tree;
	uintptr_t base;			/* load address */
	char *data, *end;		/* writable segment */
	char *device;
	size_t devices_size;	/* bytes from the device to the log's end */
	/* field + 1 of each byte of both */
	uint8_t field_at[DV_NR_DEVICES * DV_DEVICE_STRIDE];
} dv_image __attribute__((visibility("hidden")));

/* Binds a loaded tree to the machine and boots it. Returns 0 or -errno. */
int dv_boot(dv_bind_t *bind, const struct dv_machine *machine);

/* Restores the tree's memory as it was after the boot. */
void dv_restore_boot(void);

/* Saves the state that executions start from. */
void dv_save_start(void);
void dv_restore_start(void);

/* Offset of a code address in the tree; 0 for an address below it. */
static inline uint32_t dv_relative(uintptr_t pc)
{
	return pc > dv_image.base ? pc - dv_image.base : 0;
}

#endif
