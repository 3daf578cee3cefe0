// SPDX-License-Identifier: MIT
#include "image.h"

#include <errno.h>
#include <string.h>

struct dv_image dv_image;

static size_t size;
static char booted[DV_DATA_MAX], start[DV_DATA_MAX];

int dv_boot(dv_bind_t *bind, const struct dv_machine *machine)
{
	const struct dv_tree *tree = bind(machine);
	size_t i;
	int rc;

	size = dv_image.end - dv_image.data;
	if (tree->device_size > DV_DEVICE_STRIDE)
		return -E2BIG;
	dv_image.devices_size = DV_DEVICE_STRIDE + tree->device_size;
	dv_image.tree = tree;
	rc = tree->boot();
	if (rc)
		return rc;
	dv_image.device = tree->device();
	for (i = 0; i < tree->nr_fields - tree->nr_outside; i++)
		memset(dv_image.field_at + tree->fields[i].offset, i + 1,
		       tree->fields[i].size);
	memcpy(booted, dv_image.data, size);
	return 0;
}

void dv_restore_boot(void)
{
	memcpy(dv_image.data, booted, size);
}

void dv_save_start(void)
{
	memcpy(start, dv_image.data, size);
}

void dv_restore_start(void)
{
	memcpy(dv_image.data, start, size);
}
