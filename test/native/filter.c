// SPDX-License-Identifier: MIT
/*
 * Runs the filter of system calls on every number, and prints those that it
 * allows: NUMBER, or NUMBER(OPERATION) where the second argument decides.
 */
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "confine.h"

/* Classic BPF, as far as the filter uses it. */
static uint32_t run(const struct seccomp_data *data)
{
	uint32_t value = 0;
	size_t i;

	for (i = 0; i < dv_filter_length; i++) {
		const struct sock_filter *step = &dv_filter[i];

		switch (step->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			memcpy(&value, (const char *)data + step->k, 4);
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
			i += value == step->k ? step->jt : step->jf;
			break;
		case BPF_RET | BPF_K:
			return step->k;
		default:
			exit(fprintf(stderr, "code %d\n", step->code));
		}
	}
	exit(fprintf(stderr, "the filter has no end\n"));
}

static int is_allowed(uint32_t arch, int number, uint64_t operation)
{
	const struct seccomp_data data = {
		.arch = arch, .nr = number, .args = { 1, operation },
	};
	uint32_t action = run(&data);

	if (action != SECCOMP_RET_ALLOW && action != SECCOMP_RET_TRAP)
		exit(fprintf(stderr, "action %x\n", action));
	return action == SECCOMP_RET_ALLOW;
}

int main(void)
{
	const uint32_t arch = dv_architecture;
	int number, operation, allowed;

	for (number = -1; number < 2048; number++) {
		if (is_allowed(arch ^ 1, number, 0) ||
		    is_allowed(arch, number | 0x40000000, 0))
			printf("other %d\n", number);
		allowed = 0;
		for (operation = 0; operation < 256; operation++)
			allowed += is_allowed(arch, number, operation);
		if (allowed == 256)
			printf("%d\n", number);
		for (operation = 0; allowed < 256 && operation < 256;
		     operation++)
			if (is_allowed(arch, number, operation))
				printf("%d(%d)\n", number, operation);
	}
	return 0;
}
