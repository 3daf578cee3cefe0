// SPDX-License-Identifier: GPL-2.0-only
/* Names of functions of the kernel, as a report shows them. */
#include <linux/kallsyms.h>
#include <linux/string.h>

#include "symbol.h"

#define SYMBOL_SIZE	64
#define CACHED		256

/* Functions whose caller is the more useful name. */
static const char *const wrappers[] = {
	"dax_read_lock",
	"dax_read_unlock",
	"dax_alive",
};

/* True for the module: the compiler made a call in the kernel a jump. */
static bool is_own(const char *name)
{
	return !strncmp(name, "dv_", 3) || !strncmp(name, "notify_", 7) ||
	       !strcmp(name, "make_call") ||
	       !strcmp(name, "destroy_inode");
}

/* Cache of names: kallsyms searches for each. */
static struct { unsigned long ip; char name[SYMBOL_SIZE]; } cache[CACHED];

const char *dv_symbol(unsigned long ip, const char *instead)
{
	unsigned long slot = (ip ^ (ip >> 8)) % CACHED;
	char *name = cache[slot].name;

	if (!ip)
		return instead;
	if (cache[slot].ip != ip) {
		/* The instruction may be the last one of its function. */
		snprintf(name, SYMBOL_SIZE, "%ps", (void *)(ip - 1));
		name[strcspn(name, " .")] = '\0';
		if (!strncmp(name, "ut_", 3))
			memmove(name, name + 3, strlen(name + 3) + 1);
		if (is_own(name) ||
		    match_string(wrappers, ARRAY_SIZE(wrappers), name) >= 0)
			name[0] = '\0';
		cache[slot].ip = ip;
	}
	return name[0] ? name : instead;
}
