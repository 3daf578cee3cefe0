// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sends all callers of the kernel's own super.c to that of a tree, in the way
 * of live patches: filesystems and drivers then use the tree. It is loaded
 * before the first driver that allocates a dax_device, because each super.c has
 * its own, and stays. super.ts generates redirects.h: the functions that the
 * tree exports, or DV_REDIRECT() of each. Those that the kernel lacks have no
 * callers.
 */
#include <linux/ftrace.h>
#include <linux/module.h>
#include <linux/string.h>

/* The tree's functions. */
#include "redirects.h"

struct redirect {
	const char *name;
	void (*to)(void);
	struct ftrace_ops ops;
};

#define DV_REDIRECT(called) { .name = #called, .to = ut_##called },
static struct redirect redirects[] = {
#include "redirects.h"
};

static void notrace redirect(unsigned long ip, unsigned long parent_ip,
			     struct ftrace_ops *ops, struct ftrace_regs *regs)
{
	struct redirect *own = container_of(ops, struct redirect, ops);

	ftrace_regs_set_instruction_pointer(regs, (unsigned long)own->to);
}

static int start(struct redirect *own)
{
	char name[64];

	strscpy(name, own->name, sizeof(name));
	own->ops.func = redirect;
	own->ops.flags = FTRACE_OPS_FL_IPMODIFY;
	if (!IS_ENABLED(CONFIG_HAVE_DYNAMIC_FTRACE_WITH_ARGS))
		own->ops.flags |= FTRACE_OPS_FL_SAVE_REGS;
	/* Fails for a function that the kernel lacks. */
	if (ftrace_set_filter(&own->ops, name, strlen(name), 1))
		return 0;
	return register_ftrace_function(&own->ops);
}

static int __init dax_redirect_init(void)
{
	int rc, index;

	for (index = 0; index < ARRAY_SIZE(redirects); index++) {
		rc = start(&redirects[index]);
		if (rc)
			break;
	}
	if (index == ARRAY_SIZE(redirects))
		return 0;
	pr_err("cannot redirect %s: %d\n", redirects[index].name, rc);
	while (index--)
		unregister_ftrace_function(&redirects[index].ops);
	return rc;
}

module_init(dax_redirect_init);
MODULE_DESCRIPTION("Redirects the kernel's drivers/dax/super.c to that of a tree");
MODULE_LICENSE("GPL");
