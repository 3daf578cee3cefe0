// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that the compiler calls before each memory access of the tree's code
 * (-fsanitize=thread; ThreadSanitizer's own library is not linked). A
 * volatile access is marked: READ_ONCE() or WRITE_ONCE().
 */
#include "vocabulary.h"
#include "shim.h"

#define ACCESS(op, size, marked) \
	dv_machine->access(op, addr, size, marked, DV_CALLER)

#define HOOKS(size)							\
void __tsan_read##size(void *addr)					\
{									\
	ACCESS(DV_READ, size, 0);					\
}									\
void __tsan_write##size(void *addr)					\
{									\
	ACCESS(DV_WRITE, size, 0);					\
}									\
void __tsan_unaligned_read##size(void *addr)				\
{									\
	ACCESS(DV_READ, size, 0);					\
}									\
void __tsan_unaligned_write##size(void *addr)				\
{									\
	ACCESS(DV_WRITE, size, 0);					\
}									\
void __tsan_volatile_read##size(void *addr)				\
{									\
	ACCESS(DV_READ, size, 1);					\
}									\
void __tsan_volatile_write##size(void *addr)				\
{									\
	ACCESS(DV_WRITE, size, 1);					\
}									\
void __tsan_unaligned_volatile_read##size(void *addr)			\
{									\
	ACCESS(DV_READ, size, 1);					\
}									\
void __tsan_unaligned_volatile_write##size(void *addr)			\
{									\
	ACCESS(DV_WRITE, size, 1);					\
}

HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)

void __tsan_read_range(void *addr, size_t size)
{
	ACCESS(DV_READ, size, 0);
}

void __tsan_write_range(void *addr, size_t size)
{
	ACCESS(DV_WRITE, size, 0);
}

void __tsan_init(void)
{
}

void __tsan_func_entry(void *pc)
{
}

void __tsan_func_exit(void)
{
}
