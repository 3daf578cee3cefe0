// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "object.h"

#include <elf.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "image.h"

#if defined(__x86_64__)
#define MACHINE		EM_X86_64
#define RELATIVE	R_X86_64_RELATIVE
#elif defined(__aarch64__)
#define MACHINE		EM_AARCH64
#define RELATIVE	R_AARCH64_RELATIVE
#else
#error "native runs on x86-64 and arm64 only"
#endif

#ifndef DT_RELR
#define DT_RELR		36
#endif

#define MAX_HEADERS	16
/* Addresses of an object, in bytes. */
#define SPAN_MAX	(64UL << 20)

static Elf64_Ehdr header;
static Elf64_Phdr segments[MAX_HEADERS];

static int read_at(int fd, void *to, size_t size, off_t offset)
{
	return pread(fd, to, size, offset) == (ssize_t)size ? 0 : -ENOEXEC;
}

static int read_headers(int fd)
{
	if (read_at(fd, &header, sizeof(header), 0) ||
	    memcmp(header.e_ident, ELFMAG, SELFMAG) ||
	    header.e_ident[EI_CLASS] != ELFCLASS64 ||
	    header.e_machine != MACHINE || header.e_type != ET_DYN ||
	    header.e_phentsize != sizeof(*segments) ||
	    header.e_phnum > MAX_HEADERS)
		return -ENOEXEC;
	return read_at(fd, segments, header.e_phnum * sizeof(*segments),
		       header.e_phoff);
}

/* Replaces part of the reserved addresses by a segment of the file. */
static int map_segment(int fd, const Elf64_Phdr *segment)
{
	const size_t page = sysconf(_SC_PAGESIZE);
	const size_t before = segment->p_vaddr % page;
	char *start = (char *)dv_image.base + segment->p_vaddr - before;
	size_t size = before + segment->p_filesz;
	size_t whole = before + segment->p_memsz;
	int prot = (segment->p_flags & PF_R ? PROT_READ : 0) |
		   (segment->p_flags & PF_W ? PROT_WRITE : 0) |
		   (segment->p_flags & PF_X ? PROT_EXEC : 0);

	if (segment->p_offset % page != before)
		return -ENOEXEC;
	if (segment->p_flags & PF_W) {
		if (dv_image.data)
			return -ENOEXEC;
		dv_image.data = start + before;
		dv_image.end = start + whole;
		/* Zeroes that the file does not hold. */
		if (mmap(start, whole, prot,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
		    MAP_FAILED)
			return -errno;
		return read_at(fd, dv_image.data, segment->p_filesz,
			       segment->p_offset);
	}
	if (mmap(start, size, prot, MAP_PRIVATE | MAP_FIXED, fd,
		 segment->p_offset - before) == MAP_FAILED)
		return -errno;
	return 0;
}

int dv_map_object(int fd)
{
	size_t span = 0;
	int rc = read_headers(fd), i;
	void *base;

	for (i = 0; !rc && i < header.e_phnum; i++) {
		const Elf64_Phdr *segment = &segments[i];

		if (segment->p_type != PT_LOAD)
			continue;
		if (segment->p_vaddr > SPAN_MAX ||
		    segment->p_memsz > SPAN_MAX ||
		    (segment->p_flags & PF_W && segment->p_memsz > DV_DATA_MAX))
			return -E2BIG;
		if (segment->p_filesz > segment->p_memsz)
			return -ENOEXEC;
		if (segment->p_vaddr + segment->p_memsz > span)
			span = segment->p_vaddr + segment->p_memsz;
	}
	if (rc || !span)
		return -ENOEXEC;
	base = mmap(NULL, span, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (base == MAP_FAILED)
		return -errno;
	dv_image.base = (uintptr_t)base;
	for (i = 0; !rc && i < header.e_phnum; i++)
		if (segments[i].p_type == PT_LOAD && segments[i].p_memsz)
			rc = map_segment(fd, &segments[i]);
	return rc ? rc : dv_image.data ? 0 : -ENOEXEC;
}

/* Adds the load address to words of the writable segment. */
static int relocate(const Elf64_Rela *rela, size_t count)
{
	const uintptr_t data = (uintptr_t)dv_image.data;
	const size_t last = dv_image.end - dv_image.data - sizeof(uintptr_t);

	for (; count; count--, rela++) {
		uintptr_t at = dv_image.base + rela->r_offset;

		if (ELF64_R_TYPE(rela->r_info) != RELATIVE || at - data > last)
			return -ENOEXEC;
		*(uintptr_t *)at = dv_image.base + rela->r_addend;
	}
	return 0;
}

dv_bind_t *dv_link_object(void)
{
	const Elf64_Dyn *entry = NULL;
	uintptr_t rela = 0;
	size_t size = 0;
	int i;

	for (i = 0; i < header.e_phnum; i++)
		if (segments[i].p_type == PT_DYNAMIC)
			entry = (void *)(dv_image.base + segments[i].p_vaddr);
	for (; entry && entry->d_tag != DT_NULL; entry++) {
		switch (entry->d_tag) {
		case DT_RELA:
			rela = dv_image.base + entry->d_un.d_ptr;
			break;
		case DT_RELASZ:
			size = entry->d_un.d_val;
			break;
		case DT_NEEDED:
		case DT_JMPREL:
		case DT_RELR:
			return NULL;
		}
	}
	if (!header.e_entry || relocate((void *)rela, size / sizeof(Elf64_Rela)))
		return NULL;
	return (dv_bind_t *)(dv_image.base + header.e_entry);
}
