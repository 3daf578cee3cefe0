// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "image.h"

#include <errno.h>
#include <link.h>
#include <string.h>

/* Maximum size of a tree's writable segment, in bytes. */
#define DATA_MAX	(64 * 1024)

struct dv_image dv_image;

static size_t size;
static char booted[DATA_MAX], start[DATA_MAX];

/* Finds the shared object that contains address *arg. */
static int find_image(struct dl_phdr_info *info, size_t info_size, void *arg)
{
	uintptr_t data = 0, data_end = 0;
	int found = 0, i;

	for (i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t first = info->dlpi_addr + header->p_vaddr;
		uintptr_t end = first + header->p_memsz;

		if (header->p_type != PT_LOAD)
			continue;
		if (*(uintptr_t *)arg >= first && *(uintptr_t *)arg < end)
			found = 1;
		if (header->p_flags & PF_W) {
			data = first;
			data_end = end;
		}
	}
	if (!found)
		return 0;
	dv_image.base = info->dlpi_addr;
	dv_image.data = (char *)data;
	dv_image.end = (char *)data_end;
	return 1;
}

int dv_boot(dv_bind_t *bind, const struct dv_machine *machine)
{
	uintptr_t addr = (uintptr_t)bind;
	const struct dv_tree *tree;
	size_t i;
	int rc;

	if (!dl_iterate_phdr(find_image, &addr) || !dv_image.data)
		return -ENOEXEC;
	tree = bind(machine);
	size = dv_image.end - dv_image.data;
	if (size > DATA_MAX || tree->device_size > sizeof(dv_image.field_at))
		return -E2BIG;
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
