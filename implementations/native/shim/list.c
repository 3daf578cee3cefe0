// SPDX-License-Identifier: GPL-2.0-only
/* Lists and names of hosts, which trees before v5.17 have. */
#include "vocabulary.h"
#include "shim.h"

#define NR_STRINGS	4
#define STRING_SIZE	32

void hlist_add_head(struct hlist_node *node, struct hlist_head *head)
{
	node->next = head->first;
	if (node->next)
		node->next->pprev = &node->next;
	head->first = node;
	node->pprev = &head->first;
}

void hlist_del_init(struct hlist_node *node)
{
	if (!node->pprev)
		return;
	*node->pprev = node->next;
	if (node->next)
		node->next->pprev = node->pprev;
	INIT_HLIST_NODE(node);
}

/* kfree() keeps the memory: the next execution begins without strings. */
char *kstrdup(const char *s, gfp_t gfp)
{
	static char strings[NR_STRINGS][STRING_SIZE];
	static int nr;
	char *copy;
	int index;

	if (!s || nr == NR_STRINGS)
		return NULL;
	copy = strings[nr++];
	for (index = 0; s[index] && index < STRING_SIZE - 1; index++)
		copy[index] = s[index];
	return copy;
}

void kfree(const void *object)
{
}

const char *dev_name(const struct device *dev)
{
	return dev->kobj.name;
}
