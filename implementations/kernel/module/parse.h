/* SPDX-License-Identifier: GPL-2.0-only */
/* Words of a command. Each function takes the first word off the line. */
#ifndef DV_PARSE_H
#define DV_PARSE_H

#include "program.h"

/* First error of the program, or NULL. */
extern const char *dv_error;

void dv_refuse(const char *why);

char *dv_next_word(char **line);
u64 dv_parse_u64(char **line);
int dv_parse_int(char **line);
/* Returns the index of the holder, or -1 for NULL. */
int dv_parse_holder(char **line);
void *dv_parse_holder_pointer(char **line);
/* Parses ALIVE HOLDER OPS REFS. */
void dv_parse_state(char **line, struct dv_device_state *state);
enum dv_fn dv_parse_function(char **line);
int dv_parse_site(char **line);
/* Returns a site, or what else stands for a device. */
int dv_parse_device(char **line);
enum dv_driver dv_parse_driver(char **line);

#endif
