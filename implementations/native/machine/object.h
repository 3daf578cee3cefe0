/* SPDX-License-Identifier: MIT */
/*
 * Loads the shared object of a tree without running any of its code: no
 * constructor and no IFUNC resolver, which dlopen() would call.
 */
#ifndef DV_OBJECT_H
#define DV_OBJECT_H

#include "interface.h"

/*
 * Maps the segments of a file and sets base, data and end of dv_image. Reads
 * nothing of the file but its headers. Returns 0 or -errno.
 */
int dv_map_object(int fd);

/*
 * Relocates the mapped object. Returns its dv_bind(), or NULL for an object
 * that needs another relocation than its load address.
 */
dv_bind_t *dv_link_object(void);

#endif
