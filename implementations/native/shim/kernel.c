// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the vocabulary stands for. Not instrumented: an access that a vector
 * can see is told to the machine here, by hand, with the place in the tree's
 * code from which it was asked for.
 */
#include "vocabulary.h"
#include "kernel.h"

const struct dv_machine *dv_machine;

/* Here, because what is instrumented needs the machine. */
void dv_attach(const struct dv_machine *machine)
{
	dv_machine = machine;
}

/* Atomics */

static u64 peek(const volatile void *ptr, size_t size)
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

static void poke(volatile void *ptr, size_t size, u64 val)
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

u64 dv_cmpxchg(volatile void *ptr, size_t size, u64 old, u64 val)
{
	u64 seen;

	dv_machine->access(DV_RMW, ptr, size, 1, DV_HERE);
	seen = peek(ptr, size);
	if (seen == old)
		poke(ptr, size, val);
	return seen;
}

u64 dv_xchg(volatile void *ptr, size_t size, u64 val)
{
	u64 seen;

	dv_machine->access(DV_RMW, ptr, size, 1, DV_HERE);
	seen = peek(ptr, size);
	poke(ptr, size, val);
	return seen;
}

u64 dv_load(const volatile void *ptr, size_t size)
{
	dv_machine->access(DV_READ, ptr, size, 1, DV_HERE);
	return peek(ptr, size);
}

void dv_store(volatile void *ptr, size_t size, u64 val)
{
	dv_machine->access(DV_WRITE, ptr, size, 1, DV_HERE);
	poke(ptr, size, val);
}

static int add(volatile int *ptr, int by, int unless, struct dv_place place)
{
	int seen;

	dv_machine->access(DV_RMW, ptr, sizeof(*ptr), 1, place);
	seen = *ptr;
	if (seen != unless)
		*ptr = seen + by;
	return seen;
}

int dv_add(volatile int *ptr, int by, int unless)
{
	return add(ptr, by, unless, DV_HERE);
}

#define WORD_BITS (8 * sizeof(unsigned long))

static bool change_bit(int op, long nr, volatile unsigned long *addr, bool to,
		       struct dv_place place)
{
	volatile unsigned long *word = addr + nr / WORD_BITS;
	unsigned long mask = 1UL << (nr % WORD_BITS), seen;

	dv_machine->access(op, word, sizeof(*word), 1, place);
	seen = *word;
	if (op == DV_RMW)
		*word = to ? seen | mask : seen & ~mask;
	return seen & mask;
}

bool test_bit(long nr, const volatile unsigned long *addr)
{
	return change_bit(DV_READ, nr, (volatile unsigned long *)addr, false,
			  DV_HERE);
}

void set_bit(long nr, volatile unsigned long *addr)
{
	change_bit(DV_RMW, nr, addr, true, DV_HERE);
}

void clear_bit(long nr, volatile unsigned long *addr)
{
	change_bit(DV_RMW, nr, addr, false, DV_HERE);
}

bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	return change_bit(DV_RMW, nr, addr, true, DV_HERE);
}

bool test_and_clear_bit(long nr, volatile unsigned long *addr)
{
	return change_bit(DV_RMW, nr, addr, false, DV_HERE);
}

int dv_notify(int holder, u64 offset, u64 length, int flags)
{
	return dv_machine->notify(holder, offset, length, flags);
}

void dv_warn(void)
{
	dv_machine->warn(DV_HERE);
}

/*
 * SRCU: synchronize_srcu() waits for the readers that it saw, not for later
 * ones. It is two points because readers may come and go in between. Read
 * sections are numbered in the order in which they are entered.
 */
struct dv_wait {
	int begin;		/* the number of the first one that came later */
	unsigned long seen;	/* those that came before and are there yet */
	struct dv_wait *next;
};

struct srcu_struct dv_rcu = { .name = "rcu" };

int srcu_read_lock(struct srcu_struct *ssp)
{
	dv_machine->point(DV_SRCU_LOCK, ssp->name, NULL, DV_HERE);
	ssp->readers++;
	return ssp->entered++;
}

void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	struct dv_wait *wait;

	dv_machine->point(DV_SRCU_UNLOCK, ssp->name, NULL, DV_HERE);
	ssp->readers--;
	/* rcu_read_unlock() has no number: -1, as if the oldest one ended. */
	for (wait = ssp->waits; wait; wait = wait->next)
		if (idx < wait->begin && wait->seen)
			wait->seen--;
}

void synchronize_srcu(struct srcu_struct *ssp)
{
	struct dv_wait wait, **link;

	dv_machine->point(DV_SYNC_BEGIN, ssp->name, NULL, DV_HERE);
	wait.begin = ssp->entered;
	wait.seen = ssp->readers;
	wait.next = ssp->waits;
	ssp->waits = &wait;
	dv_machine->point(DV_SYNC_END, ssp->name, &wait.seen, DV_HERE);
	for (link = &ssp->waits; *link != &wait; link = &(*link)->next)
		;
	*link = wait.next;
}

void rcu_barrier(void)
{
}

/* Mutexes */

static void lock(struct mutex *lock, struct dv_place place)
{
	dv_machine->point(DV_LOCK, lock->name, &lock->held, place);
	lock->held = 1;
}

static void unlock(struct mutex *lock, struct dv_place place)
{
	dv_machine->point(DV_UNLOCK, lock->name, NULL, place);
	lock->held = 0;
}

void dv_lock(struct mutex *mutex)
{
	lock(mutex, DV_HERE);
}

void dv_unlock(struct mutex *mutex)
{
	unlock(mutex, DV_HERE);
}

void device_lock(struct device *dev)
{
	dev->mutex.name = "device_lock";
	lock(&dev->mutex, DV_HERE);
}

void device_unlock(struct device *dev)
{
	unlock(&dev->mutex, DV_HERE);
}

/* IDs and the host table: as much as one device needs. */

int ida_alloc_max(struct ida *ida, unsigned int max, gfp_t gfp)
{
	int id;

	if (!~ida->used)
		return -ENOSPC;
	id = __builtin_ctzl(~ida->used);
	if ((unsigned int)id > max)
		return -ENOSPC;
	ida->used |= 1UL << id;
	return id;
}

int ida_alloc(struct ida *ida, gfp_t gfp)
{
	return ida_alloc_max(ida, INT_MAX, gfp);
}

void ida_free(struct ida *ida, unsigned int id)
{
	if (id < WORD_BITS)
		ida->used &= ~(1UL << id);
}

void ida_destroy(struct ida *ida)
{
	ida->used = 0;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	return xa->index == index ? xa->entry : NULL;
}

int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp)
{
	if (xa->entry)
		return -EBUSY;
	xa->index = index;
	xa->entry = entry;
	return 0;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	void *entry = xa_load(xa, index);

	if (entry)
		xa->entry = NULL;
	return entry;
}

/* Memory: one slab of one object, not given out again before the next boot. */

static union {
	char bytes[DV_DEVICE_MAX];
	u64 align;
} object;
static bool allocated, freed;
static void (*constructor)(void *);

int dv_freed(void)
{
	return freed;
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, unsigned int flags,
				     void (*ctor)(void *))
{
	if (size > sizeof(object))
		return NULL;
	constructor = ctor;
	return (struct kmem_cache *)&object;
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	if (allocated)
		return NULL;
	allocated = true;
	if (constructor)
		constructor(&object);
	return &object;
}

void kmem_cache_free(struct kmem_cache *cache, void *ptr)
{
	dv_machine->point(DV_FREE, "dax_device", NULL, DV_HERE);
	freed = true;
}

void *memset(void *to, int c, size_t n)
{
	u8 *byte = to;

	dv_machine->access(DV_WRITE, to, n, 0, DV_HERE);
	while (n--)
		*byte++ = c;
	return to;
}

void *memcpy(void *to, const void *from, size_t n)
{
	const u8 *source = from;
	u8 *byte = to;

	dv_machine->access(DV_READ, from, n, 0, DV_HERE);
	dv_machine->access(DV_WRITE, to, n, 0, DV_HERE);
	while (n--)
		*byte++ = *source++;
	return to;
}

int strcmp(const char *a, const char *b)
{
	for (; *a && *a == *b; a++, b++)
		;
	return *a - *b;
}

/* Inodes */

static struct super_block super_block;
static struct vfsmount mount = { .mnt_sb = &super_block };
static struct pseudo_fs_context context;
static struct inode *hashed;

struct pseudo_fs_context *init_pseudo(struct fs_context *fc,
				      unsigned long magic)
{
	context.magic = magic;
	return &context;
}

struct vfsmount *kern_mount(struct file_system_type *type)
{
	int rc = type->init_fs_context(NULL);

	super_block.s_op = context.ops;
	return rc ? ERR_PTR(rc) : &mount;
}

void kern_unmount(struct vfsmount *mnt)
{
}

void kill_anon_super(struct super_block *sb)
{
}

int simple_statfs(struct dentry *dentry, struct kstatfs *statfs)
{
	return 0;
}

int generic_delete_inode(struct inode *inode)
{
	return 1;
}

int inode_just_drop(struct inode *inode)
{
	return 1;
}

void inode_init_once(struct inode *inode)
{
}

struct inode *ilookup5(struct super_block *sb, unsigned long hash,
		       int (*test)(struct inode *, void *), void *data)
{
	if (!hashed || !test(hashed, data))
		return NULL;
	return igrab(hashed);
}

struct inode *iget5_locked(struct super_block *sb, unsigned long hash,
			   int (*test)(struct inode *, void *),
			   int (*set)(struct inode *, void *), void *data)
{
	struct inode *inode = ilookup5(sb, hash, test, data);

	if (inode)
		return inode;
	inode = sb->s_op->alloc_inode(sb);
	if (!inode)
		return NULL;
	inode->i_count.counter = 1;
	inode->i_sb = sb;
	inode->i_mapping = &inode->i_data;
	inode->i_data.host = inode;
	inode->i_state = I_NEW;
	set(inode, data);
	hashed = inode;
	return inode;
}

void unlock_new_inode(struct inode *inode)
{
	inode->i_state &= ~I_NEW;
}

/* Fails once the count has reached zero: the inode is on its way out. */
struct inode *igrab(struct inode *inode)
{
	return add(&inode->i_count.counter, 1, 0, DV_HERE) ? inode : NULL;
}

void ihold(struct inode *inode)
{
	add(&inode->i_count.counter, 1, INT_MAX, DV_HERE);
}

void iput(struct inode *inode)
{
	if (!inode)
		return;
	if (add(&inode->i_count.counter, -1, 0, DV_HERE) != 1)
		return;
	hashed = NULL;
	if (super_block.s_op->evict_inode)
		super_block.s_op->evict_inode(inode);
	if (super_block.s_op->destroy_inode)
		super_block.s_op->destroy_inode(inode);
	if (super_block.s_op->free_inode)
		super_block.s_op->free_inode(inode);
}

int alloc_chrdev_region(dev_t *dev, unsigned int base, unsigned int count,
			const char *name)
{
	/* Any major but 0: dax_free_inode() takes a device number of 0 for none. */
	*dev = MKDEV(250, base);
	return 0;
}

void unregister_chrdev_region(dev_t from, unsigned int count)
{
}

/* No vector copies data. */

size_t _copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)
{
	return 0;
}

size_t _copy_from_iter_flushcache(void *addr, size_t bytes, struct iov_iter *i)
{
	return 0;
}

size_t _copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	return 0;
}

size_t _copy_mc_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	return 0;
}
