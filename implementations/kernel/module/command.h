/* SPDX-License-Identifier: GPL-2.0-only */
/* Commands that are written to /dev/dax-vectors. */
#ifndef DV_COMMAND_H
#define DV_COMMAND_H

void dv_command(char *line);

#endif
