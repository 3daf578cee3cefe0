// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE	AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE	AUDIT_ARCH_AARCH64
#endif

#ifndef SECCOMP_FILTER_FLAG_SPEC_ALLOW
#define SECCOMP_FILTER_FLAG_SPEC_ALLOW	(1UL << 2)
#endif

/* Of glibc, the stacks, the object and the memory shared with the runner. */
#define MEMORY_MAX	(256UL << 20)

#define LOAD(field)							\
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,				\
		 offsetof(struct seccomp_data, field))
#define SKIP_UNLESS(value, count)					\
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count)
#define RETURN(action)	BPF_STMT(BPF_RET | BPF_K, action)
#define ALLOW(value)	SKIP_UNLESS(value, 1), RETURN(SECCOMP_RET_ALLOW)

const unsigned int dv_architecture = ARCHITECTURE;

const struct sock_filter dv_filter[] = {
	/* Numbers name other calls on other architectures. */
	LOAD(arch),
	SKIP_UNLESS(ARCHITECTURE, 13),
	LOAD(nr),
	ALLOW(SYS_exit_group),
	ALLOW(SYS_rt_sigreturn),
	/* Continues a wait that a signal has interrupted. */
	ALLOW(SYS_restart_syscall),
	SKIP_UNLESS(SYS_futex, 5),
	LOAD(args[1]),		/* low half: both are little-endian */
	ALLOW(FUTEX_WAIT),
	ALLOW(FUTEX_WAKE),
	RETURN(SECCOMP_RET_TRAP),
};

const unsigned short dv_filter_length =
	sizeof(dv_filter) / sizeof(*dv_filter);

int dv_limit(void)
{
	static const struct {
		int resource;
		rlim_t most;
	} limits[] = {
		{ RLIMIT_AS, MEMORY_MAX },
		{ RLIMIT_CORE, 0 },
		{ RLIMIT_FSIZE, 0 },
		{ RLIMIT_NOFILE, 0 },
		{ RLIMIT_NPROC, 0 },
	};
	size_t i;

	for (i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		const struct rlimit limit = { limits[i].most, limits[i].most };

		if (setrlimit(limits[i].resource, &limit))
			return -errno;
	}
	return 0;
}

int dv_confine(void)
{
	const struct sock_fprog program = {
		.len = dv_filter_length,
		.filter = (struct sock_filter *)dv_filter,
	};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	/*
	 * Without the flag, kernels before 5.16 slow down every load that
	 * follows a store, to protect secrets of which this process has none.
	 */
	if (!syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		     SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program))
		return 0;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) ?
	       -errno : 0;
}
