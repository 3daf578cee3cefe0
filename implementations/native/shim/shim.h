/* SPDX-License-Identifier: GPL-2.0-only */
/* Declarations shared by the files of the shim. */
#ifndef DV_SHIM_H
#define DV_SHIM_H

#include "../machine/interface.h"

/* Return address of the caller; gcc's builtin is 0 for it on arm64. */
#ifdef __aarch64__
#define DV_OUTER	((uintptr_t **)__builtin_frame_address(0))[0][1]
#else
#define DV_OUTER	(uintptr_t)__builtin_return_address(1)
#endif

/* The place of the call of this function. */
#define DV_CALLER ((struct dv_place){				\
	(uintptr_t)__builtin_return_address(0), DV_OUTER })

extern const struct dv_machine *dv_machine;

void dv_set_machine(const struct dv_machine *machine);
void dv_start_off(uint64_t bytes);
int dv_notify(int holder, const void *device, uint64_t offset, uint64_t length,
	      int flags);

/* Stores a pointer without an event. */
void dv_set_pointer(void **at, void *to);

/* dv_add() for a caller at a place. */
int dv_add_from(volatile int *ptr, int order, int by, int unless,
		struct dv_place place);

/* See outcomes of struct dv_tree. */
extern uint64_t dv_outcomes;

/* The bit of a word of flags whose accesses are events: DAXDEV_ALIVE. */
extern long dv_event_bit;

/* See freed of struct dv_tree. */
int dv_freed(int device);

/* While set, lookups find no inode. */
extern bool dv_finds_none;

/* Makes memory for a second device. */
void dv_add_memory(void);

/* Notes whether a call that returned the device left its inode locked. */
void dv_returned(const volatile void *dev);

/* Number of the device whose memory an address is in, or -1. */
int dv_device_at(const volatile void *address);

/*
 * Calls boot(). Gives its result, or a number below -4095 when it reaches a
 * word that the vocabulary lacks.
 */
int dv_boot_until_unknown(int (*boot)(void));

#endif
