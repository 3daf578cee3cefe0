// SPDX-License-Identifier: MIT
/* Two coroutines take turns. Each must keep its own registers. */
#include <stdio.h>

#include "coroutine.h"

static struct dv_context host, first, second;
static char stacks[2][64 * 1024];
static volatile double start = 1.5;
static volatile long seed = 3;
static int turns;

static void run_first(void)
{
	double x = start;
	long n = seed;
	int i;

	for (i = 0; i < 3; i++) {
		turns = turns * 10 + 1;
		x *= 2;
		n += 7;
		dv_switch(&first, &second);
	}
	printf("first %g %ld\n", x, n);
	dv_switch(&first, &host);
}

static void run_second(void)
{
	double x = start;
	long n = seed;

	for (;;) {
		turns = turns * 10 + 2;
		x *= 3;
		n *= 5;
		printf("second %g %ld\n", x, n);
		dv_switch(&second, &first);
	}
}

int main(void)
{
	dv_prepare(&first, stacks[0], sizeof(stacks[0]), run_first);
	dv_prepare(&second, stacks[1], sizeof(stacks[1]), run_second);
	dv_switch(&host, &first);
	printf("%d\n", turns);
	return 0;
}
