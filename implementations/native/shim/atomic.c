// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomics and bits. The compiler does not instrument this file; each function
 * reports its access to the machine with the place of its caller.
 */
#include "vocabulary.h"
#include "shim.h"

static u64 read_sized(const volatile void *ptr, size_t size)
{
	switch (size) {
	case 1:
		return *(const volatile u8 *)ptr;
	case 2:
		return *(const volatile u16 *)ptr;
	case 4:
		return *(const volatile u32 *)ptr;
	default:
		return *(const volatile u64 *)ptr;
	}
}

static void write_sized(volatile void *ptr, size_t size, u64 val)
{
	switch (size) {
	case 1:
		*(volatile u8 *)ptr = val;
		break;
	case 2:
		*(volatile u16 *)ptr = val;
		break;
	case 4:
		*(volatile u32 *)ptr = val;
		break;
	default:
		*(volatile u64 *)ptr = val;
	}
}

/* Clears the bits above size, which are set in a negative number. */
static u64 truncate(u64 val, size_t size)
{
	return val & ~0ULL >> (64 - 8 * size);
}

u64 dv_outcomes;

static void add_outcome(int order, bool stored)
{
	if (order & DV_TRY)
		dv_outcomes = dv_outcomes << 1 | stored;
}

u64 dv_cmpxchg(volatile void *ptr, size_t size, int order, u64 old, u64 val)
{
	u64 seen;

	dv_machine->access(DV_RMW, ptr, size, order | DV_TRY, DV_CALLER);
	seen = read_sized(ptr, size);
	if (seen == truncate(old, size))
		write_sized(ptr, size, val);
	add_outcome(DV_TRY, seen == truncate(old, size));
	return seen;
}

u64 dv_xchg(volatile void *ptr, size_t size, int order, u64 val)
{
	u64 seen;

	dv_machine->access(DV_RMW, ptr, size, order, DV_CALLER);
	seen = read_sized(ptr, size);
	write_sized(ptr, size, val);
	return seen;
}

u64 dv_load(const volatile void *ptr, size_t size, int order)
{
	dv_machine->access(DV_READ, ptr, size, order, DV_CALLER);
	return read_sized(ptr, size);
}

void dv_store(volatile void *ptr, size_t size, int order, u64 val)
{
	dv_machine->access(DV_WRITE, ptr, size, order, DV_CALLER);
	write_sized(ptr, size, val);
}

int dv_add_from(volatile int *ptr, int order, int by, int unless,
		struct dv_place place)
{
	int seen;

	dv_machine->access(DV_RMW, ptr, sizeof(*ptr), order, place);
	seen = *ptr;
	if (seen != unless)
		*ptr = seen + by;
	add_outcome(order, seen != unless);
	return seen;
}

int dv_add(volatile int *ptr, int order, int by, int unless)
{
	return dv_add_from(ptr, order, by, unless, DV_CALLER);
}

#define WORD_BITS	(8 * sizeof(unsigned long))

static bool change_bit(int op, int order, long nr,
		       volatile unsigned long *addr, bool to,
		       struct dv_place place)
{
	volatile unsigned long *word = addr + nr / WORD_BITS;
	unsigned long mask = 1UL << (nr % WORD_BITS), seen;

	dv_machine->access(op, word, sizeof(*word), order, place);
	seen = *word;
	if (op == DV_RMW)
		*word = to ? seen | mask : seen & ~mask;
	return seen & mask;
}

long dv_event_bit;

/* No call changes another bit of flags: a test of one has no event. */
bool test_bit(long nr, const volatile unsigned long *addr)
{
	if (nr != dv_event_bit)
		return addr[nr / WORD_BITS] & 1UL << (nr % WORD_BITS);
	return change_bit(DV_READ, DV_ONCE, nr, (volatile unsigned long *)addr,
			  false, DV_CALLER);
}

void set_bit(long nr, volatile unsigned long *addr)
{
	change_bit(DV_RMW, DV_NORETURN, nr, addr, true, DV_CALLER);
}

void clear_bit(long nr, volatile unsigned long *addr)
{
	change_bit(DV_RMW, DV_NORETURN, nr, addr, false, DV_CALLER);
}

bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	return change_bit(DV_RMW, DV_FULL, nr, addr, true, DV_CALLER);
}

bool test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	return change_bit(DV_RMW, DV_FULL, nr, addr, false, DV_CALLER);
}
