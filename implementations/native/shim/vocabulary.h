/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel types, macros and functions that drivers/dax/super.c and its headers
 * use. The runner includes this file before them and replaces the <linux/...>
 * headers that they include with empty files, so a tree that uses a new name
 * needs one line here.
 *
 * Functions that access shared memory or can block are in the files beside
 * this one, which call the machine. A function that no vector executes does
 * nothing or is only declared.
 */
#ifndef DV_VOCABULARY_H
#define DV_VOCABULARY_H

#include "../machine/order.h"

/* Members that vendors' trees reserve for later: <linux/kabi.h>. */
#define KABI_RESERVE(n)	u64 kabi_reserved##n;
#define CK_KABI_RESERVE(n) KABI_RESERVE(n)
#define ANDROID_KABI_RESERVE(n) u64 android_kabi_reserved##n
#define RH_KABI_RESERVE(n) u64 rh_reserved##n;

/* <linux/types.h>, <linux/limits.h>, <linux/pfn_t.h> */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32, dev_t, gfp_t, fmode_t, vm_fault_t, __poll_t;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64, loff_t;
typedef unsigned long size_t, pgoff_t, sector_t, uintptr_t;
typedef long intptr_t;
typedef u32 uint32_t;
typedef s32 int32_t;
typedef u64 uint64_t;
typedef long ssize_t;
typedef unsigned long phys_addr_t, resource_size_t, dma_addr_t, vm_flags_t;
typedef unsigned short umode_t;
typedef _Bool bool;
typedef struct { u64 val; } pfn_t;
typedef struct { int counter; } atomic_t;
#define true	1
#define false	0
#define NULL	((void *)0)
#define U32_MAX	((u32)~0U)
#define U64_MAX	((u64)~0ULL)
#define INT_MAX	((int)(~0U >> 1))
#define LLONG_MAX ((long long)(~0ULL >> 1))

/* <linux/compiler.h>, <linux/kernel.h>, <linux/printk.h> */
#define __init
#define __exit
#define __read_mostly
#define __ro_after_init
#define __cold
#define __packed	__attribute__((packed))
#define __used		__attribute__((used))
#define __always_unused	__attribute__((unused))
#define __printf(a, b)
#define __counted_by(member)
#define __acquires(lock)
#define __releases(lock)
#define __must_hold(lock)
#define __must_check
#define __maybe_unused	__attribute__((unused))
#define __always_inline	inline __attribute__((always_inline))
#define noinline	__attribute__((noinline))
#define fallthrough	do {} while (0)
#define __user
#define __iomem
#define __rcu
#define likely(x)	(x)
#define unlikely(x)	(x)
#define barrier()	__asm__ __volatile__("" : : : "memory")
#define data_race(expr)	(expr)
#define offsetof(type, member) __builtin_offsetof(type, member)
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))
#define container_of_const container_of
#define min(a, b)	((a) < (b) ? (a) : (b))
#define max(a, b)	((a) > (b) ? (a) : (b))
#define min_t(type, a, b) min((type)(a), (type)(b))
#define BIT(nr)		(1UL << (nr))
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define __stringify(x)	#x
#define IS_ALIGNED(x, a) (((x) & ((a) - 1)) == 0)
#define might_sleep()	do {} while (0)
#define cond_resched()	do {} while (0)
#define pr_info(...)	do {} while (0)
#define pr_warn		pr_info
#define pr_err		pr_info
#define pr_debug	pr_info
#define pr_warn_once	pr_info
#define pr_info_once	pr_info
#define pr_err_once	pr_info
#define pr_info_ratelimited pr_info
#define pr_warn_ratelimited pr_info
#define pr_err_ratelimited pr_info
#define dev_err		pr_info
#define dev_dbg		pr_info
#define dev_warn	pr_info
#define dev_info	pr_info

/* <linux/export.h>, <linux/module.h> */
struct module;
#define THIS_MODULE	((struct module *)0)
#define KBUILD_MODNAME	"dax"
#define EXPORT_SYMBOL(sym)
#define EXPORT_SYMBOL_GPL(sym)
#define EXPORT_SYMBOL_NS_GPL(sym, ns)
#define EXPORT_SYMBOL_FOR_MODULES(sym, mods)
#define MODULE_AUTHOR(x)
#define MODULE_DESCRIPTION(x)
#define MODULE_LICENSE(x)
#define MODULE_ALIAS(x)
#define MODULE_IMPORT_NS(x)
#define subsys_initcall(fn) int dv_initcall(void) { return fn(); }
#define module_init	subsys_initcall
#define device_initcall	subsys_initcall
#define fs_initcall	subsys_initcall
#define module_exit(fn)	void dv_exitcall(void) { fn(); }

/* <linux/errno.h>, <linux/err.h> */
#define EPERM		1
#define ENOENT		2
#define EIO		5
#define ENXIO		6
#define EAGAIN		11
#define ENOMEM		12
#define EACCES		13
#define EFAULT		14
#define EBUSY		16
#define EEXIST		17
#define EXDEV		18
#define ENODEV		19
#define EINVAL		22
#define ENOSPC		28
#define ERANGE		34
#define EOPNOTSUPP	95
#define ETIMEDOUT	110
#define EHWPOISON	133
#define MAX_ERRNO	4095
#define IS_ERR_VALUE(x)	\
	((unsigned long)(void *)(x) >= (unsigned long)-MAX_ERRNO)
#define IS_ERR(ptr)	IS_ERR_VALUE(ptr)
#define IS_ERR_OR_NULL(ptr) (!(ptr) || IS_ERR(ptr))
#define ERR_PTR(err)	((void *)(long)(err))
#define PTR_ERR(ptr)	((long)(ptr))

/* <asm/rwonce.h>: volatile, which the instrumentation reports as marked. */
#define READ_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val) \
	do { *(volatile __typeof__(x) *)&(x) = (val); } while (0)

/*
 * <linux/atomic.h>, <asm/barrier.h>: each access passes its order to the
 * machine. Scheduled executions are sequentially consistent all the same;
 * memory models use the orders.
 */
u64 dv_cmpxchg(volatile void *ptr, size_t size, int order, u64 old, u64 val);
u64 dv_xchg(volatile void *ptr, size_t size, int order, u64 val);
u64 dv_load(const volatile void *ptr, size_t size, int order);
void dv_store(volatile void *ptr, size_t size, int order, u64 val);
int dv_add(volatile int *ptr, int order, int by, int unless);
void dv_fence(int fence);
#define dv_bits(x)	((u64)(unsigned long)(x))
#define dv_as(ptr, x)	((__typeof__(*(ptr)))(unsigned long)(x))
#define dv_cas(ptr, order, o, n)					\
	dv_as(ptr, dv_cmpxchg(ptr, sizeof(*(ptr)), order, dv_bits(o),	\
			      dv_bits(n)))
#define dv_try_cas(ptr, order, oldp, n) ({				\
	__typeof__(*(ptr)) __old = *(oldp);				\
	__typeof__(*(ptr)) __seen = dv_cas(ptr, order, __old, n);	\
	if (__seen != __old)						\
		*(oldp) = __seen;					\
	__seen == __old; })
#define dv_swap(ptr, order, n) \
	dv_as(ptr, dv_xchg(ptr, sizeof(*(ptr)), order, dv_bits(n)))

#define cmpxchg(ptr, o, n)		dv_cas(ptr, DV_FULL, o, n)
#define cmpxchg_relaxed(ptr, o, n)	dv_cas(ptr, DV_ONCE, o, n)
#define cmpxchg_acquire(ptr, o, n)	dv_cas(ptr, DV_ACQUIRE, o, n)
#define cmpxchg_release(ptr, o, n)	dv_cas(ptr, DV_RELEASE, o, n)
#define try_cmpxchg(ptr, oldp, n)	dv_try_cas(ptr, DV_FULL, oldp, n)
#define try_cmpxchg_relaxed(ptr, oldp, n) dv_try_cas(ptr, DV_ONCE, oldp, n)
#define try_cmpxchg_acquire(ptr, oldp, n) dv_try_cas(ptr, DV_ACQUIRE, oldp, n)
#define try_cmpxchg_release(ptr, oldp, n) dv_try_cas(ptr, DV_RELEASE, oldp, n)
#define xchg(ptr, n)		dv_swap(ptr, DV_FULL, n)
#define xchg_relaxed(ptr, n)	dv_swap(ptr, DV_ONCE, n)
#define xchg_acquire(ptr, n)	dv_swap(ptr, DV_ACQUIRE, n)
#define xchg_release(ptr, n)	dv_swap(ptr, DV_RELEASE, n)
#define smp_load_acquire(ptr) \
	dv_as(ptr, dv_load(ptr, sizeof(*(ptr)), DV_ACQUIRE))
#define smp_store_release(ptr, n) \
	dv_store(ptr, sizeof(*(ptr)), DV_RELEASE, dv_bits(n))
#define smp_store_mb(x, n) do {						\
	dv_store(&(x), sizeof(x), DV_ONCE, dv_bits(n));			\
	smp_mb(); } while (0)
#define smp_mb()	dv_fence(DV_MB)
#define smp_rmb()	dv_fence(DV_RMB)
#define smp_wmb()	dv_fence(DV_WMB)
#define smp_mb__before_atomic()	dv_fence(DV_BEFORE_ATOMIC)
#define smp_mb__after_atomic()	dv_fence(DV_AFTER_ATOMIC)
#define atomic_read(v)	((int)dv_load(&(v)->counter, sizeof(int), DV_ONCE))
#define atomic_set(v, n) \
	dv_store(&(v)->counter, sizeof(int), DV_ONCE, (u32)(n))
#define atomic_inc(v)	((void)dv_add(&(v)->counter, DV_NORETURN, 1, INT_MAX))
#define atomic_dec(v)	((void)dv_add(&(v)->counter, DV_NORETURN, -1, INT_MAX))
#define atomic_inc_not_zero(v) \
	(dv_add(&(v)->counter, DV_FULL | DV_TRY, 1, 0) != 0)
#define atomic_dec_and_test(v) \
	(dv_add(&(v)->counter, DV_FULL, -1, INT_MAX) == 1)

/* <linux/bitops.h> */
bool test_bit(long nr, const volatile unsigned long *addr);
void set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);
bool test_and_set_bit(long nr, volatile unsigned long *addr);
bool test_and_clear_bit(long nr, volatile unsigned long *addr);

/*
 * <linux/bug.h>, <linux/mmdebug.h>, <linux/lockdep.h>. Each execution starts
 * from a new boot, so a WARN_ONCE() warns in each.
 */
void dv_warn(void);
#define WARN_ON(cond) ({						\
	int __warned = !!(cond);					\
	if (__warned)							\
		dv_warn();						\
	__warned; })
#define WARN(cond, ...)	WARN_ON(cond)
#define WARN_ON_ONCE	WARN_ON
#define WARN_ONCE	WARN
#define BUG()		__builtin_trap()
#define BUG_ON(cond)	do { if (cond) BUG(); } while (0)
#define VM_WARN_ON	WARN_ON
#define VM_WARN_ON_ONCE	WARN_ON
#define lockdep_assert_held(lock) do {} while (0)
#define lockdep_assert(cond) do {} while (0)

/* <linux/srcu.h>, <linux/rcupdate.h> */
struct dv_wait;
struct srcu_struct {
	const char *name;
	unsigned long readers;	/* open read sections */
	int entered;		/* read sections so far */
	struct dv_wait *waits;
};
#define DEFINE_SRCU(n)	struct srcu_struct n = { .name = #n }
#define DEFINE_STATIC_SRCU(n) static DEFINE_SRCU(n)
int srcu_read_lock(struct srcu_struct *ssp);
void srcu_read_unlock(struct srcu_struct *ssp, int idx);
void synchronize_srcu(struct srcu_struct *ssp);
#define synchronize_srcu_expedited synchronize_srcu
#define srcu_read_lock_held(ssp) ((ssp)->readers != 0)
#define srcu_dereference(p, ssp) READ_ONCE(p)
#define rcu_dereference(p) READ_ONCE(p)
#define rcu_access_pointer(p) READ_ONCE(p)
#define rcu_assign_pointer(p, v) smp_store_release(&(p), v)
#define RCU_INIT_POINTER(p, v) WRITE_ONCE(p, v)
extern struct srcu_struct dv_rcu;
#define rcu_read_lock()	((void)srcu_read_lock(&dv_rcu))
#define rcu_read_unlock() srcu_read_unlock(&dv_rcu, -1)
#define synchronize_rcu() synchronize_srcu(&dv_rcu)
void rcu_barrier(void);

/* <linux/mutex.h>, <linux/spinlock.h> */
struct mutex {
	const char *name;
	unsigned long held;
};
void dv_lock(struct mutex *lock);
void dv_unlock(struct mutex *lock);
typedef struct mutex spinlock_t;
#define DEFINE_MUTEX(n)	struct mutex n = { .name = #n }
#define DEFINE_SPINLOCK(n) struct mutex n = { .name = #n }
#define mutex_init(lock) ((void)((lock)->name = #lock, (lock)->held = 0))
#define spin_lock_init	mutex_init
#define mutex_lock	dv_lock
#define mutex_unlock	dv_unlock
#define spin_lock	dv_lock
#define spin_unlock	dv_unlock
#define spin_lock_irqsave(lock, flags) ((void)((flags) = 0), dv_lock(lock))
#define spin_unlock_irqrestore(lock, flags) ((void)(flags), dv_unlock(lock))

/*
 * <linux/list.h>, <linux/hash.h>, <linux/kref.h>, <linux/workqueue.h>,
 * <linux/range.h>, <linux/ioport.h>
 */
struct list_head {
	struct list_head *next, *prev;
};
struct hlist_node {
	struct hlist_node *next, **pprev;
};
struct hlist_head {
	struct hlist_node *first;
};
#define INIT_HLIST_NODE(n) ((void)((n)->next = NULL, (n)->pprev = NULL))
void hlist_add_head(struct hlist_node *node, struct hlist_head *head);
void hlist_del_init(struct hlist_node *node);
#define hlist_entry(ptr, type, member) container_of(ptr, type, member)
#define hlist_entry_safe(ptr, type, member) \
	({ typeof(ptr) dv_ptr = (ptr);					\
	   dv_ptr ? hlist_entry(dv_ptr, type, member) : NULL; })
#define hlist_for_each_entry(pos, head, member)				\
	for (pos = hlist_entry_safe((head)->first, typeof(*pos), member); \
	     pos;							\
	     pos = hlist_entry_safe(pos->member.next, typeof(*pos), member))
/* All names are in one chain. */
#define hashlen_string(salt, name) ((void)(name), 0)
#define hashlen_hash(hashlen) (hashlen)
#define hash_32(val, bits) ((u32)((val) * 0x61C88647U) >> (32 - (bits)))
struct kref {
	atomic_t refcount;
};
struct work_struct {
	void (*func)(struct work_struct *work);
};
struct range {
	u64 start, end;
};
struct resource {
	resource_size_t start, end;
};

/* <linux/idr.h>, <linux/xarray.h> */
struct ida {
	unsigned long used;
};
#define DEFINE_IDA(n)	struct ida n
int ida_alloc_max(struct ida *ida, unsigned int max, gfp_t gfp);
int ida_alloc(struct ida *ida, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
void ida_destroy(struct ida *ida);
/* Used by dax_minor_ida in older trees. */
#define ida_simple_get(ida, start, end, gfp) ida_alloc_max(ida, (end) - 1, gfp)
#define ida_simple_remove ida_free

struct xarray {
	unsigned long index[2];
	void *entry[2];
};
#define DEFINE_XARRAY(n) struct xarray n
void *xa_load(struct xarray *xa, unsigned long index);
int xa_insert(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *xa, unsigned long index);
void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t gfp);

/* <linux/gfp.h>, <linux/slab.h>, <linux/string.h> */
#define GFP_KERNEL	0
#define GFP_USER	0
#define SLAB_HWCACHE_ALIGN	0
#define SLAB_RECLAIM_ACCOUNT	0
#define SLAB_MEM_SPREAD		0
#define SLAB_ACCOUNT		0
#define SLAB_PANIC		0
struct kmem_cache;
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size,
				     unsigned int align, unsigned int flags,
				     void (*ctor)(void *));
void kmem_cache_destroy(struct kmem_cache *cache);
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp);
void kmem_cache_free(struct kmem_cache *cache, void *object);
#define alloc_inode_sb(sb, cache, gfp) kmem_cache_alloc(cache, gfp)
void *memset(void *to, int c, size_t n);
void *memcpy(void *to, const void *from, size_t n);
int strcmp(const char *a, const char *b);
char *kstrdup(const char *s, gfp_t gfp);
void kfree(const void *object);

/* <linux/device.h>, <linux/platform_device.h>, <linux/cdev.h> */
struct device_driver {
	const char *name;
};
struct kobject {
	const char *name;
};
struct device {
	struct kobject kobj;
	struct mutex mutex;
	struct device_driver *driver;
	void *driver_data;
};
struct platform_device {
	struct device dev;
};
struct cdev {
	dev_t dev;
};
void device_lock(struct device *dev);
void device_unlock(struct device *dev);
#define device_lock_assert(dev) do {} while (0)
#define dev_get_drvdata(dev) ((dev)->driver_data)
const char *dev_name(const struct device *dev);

/* <linux/sysfs.h>: no vector reads or writes an attribute. */
struct attribute {
	const char *name;
	umode_t mode;
};
struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr,
			char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr,
			 const char *buf, size_t count);
};
struct attribute_group {
	const char *name;
	umode_t (*is_visible)(struct kobject *kobj, struct attribute *a, int n);
	struct attribute **attrs;
};
#define DEVICE_ATTR_RW(n)						\
	struct device_attribute dev_attr_##n = {			\
		.attr = { #n, 0644 }, .show = n##_show, .store = n##_store }

/* <linux/kdev_t.h> */
#define MINORBITS	20
#define MINORMASK	((1U << MINORBITS) - 1)
#define MAJOR(dev)	((unsigned int)((dev) >> MINORBITS))
#define MINOR(dev)	((unsigned int)((dev) & MINORMASK))
#define MKDEV(major, minor) (((major) << MINORBITS) | (minor))
int alloc_chrdev_region(dev_t *dev, unsigned int base, unsigned int count,
			const char *name);
void unregister_chrdev_region(dev_t from, unsigned int count);

/* <linux/fs.h>, <linux/mount.h>, <linux/pseudo_fs.h>, <linux/magic.h> */
struct inode;
struct file;
struct super_block;
struct dentry;
struct kstatfs;
struct address_space {
	struct inode *host;
	gfp_t gfp_mask;
};
struct inode {
	atomic_t i_count;
	dev_t i_rdev;
	unsigned long i_state;
	umode_t i_mode;
	unsigned int i_flags;
	struct super_block *i_sb;
	struct address_space i_data;
	struct address_space *i_mapping;
	struct cdev *i_cdev;
	unsigned long i_ino;
};
struct file_operations;
struct file {
	struct inode *f_inode;
	const struct file_operations *f_op;
};
struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	void (*destroy_inode)(struct inode *inode);
	void (*free_inode)(struct inode *inode);
	int (*drop_inode)(struct inode *inode);
	int (*statfs)(struct dentry *dentry, struct kstatfs *statfs);
	void (*evict_inode)(struct inode *inode);
};
struct super_block {
	const struct super_operations *s_op;
};
struct vfsmount {
	struct super_block *mnt_sb;
};
struct fs_context;
struct file_system_type {
	const char *name;
	int (*init_fs_context)(struct fs_context *fc);
	void (*kill_sb)(struct super_block *sb);
	struct module *owner;
};
struct pseudo_fs_context {
	const struct super_operations *ops;
	unsigned long magic;
};
#define I_NEW		1UL
#define S_IFCHR		0020000
#define S_DAX		(1U << 13)
#define IS_DAX(inode)	((inode)->i_flags & S_DAX)
#define DAXFS_MAGIC	0x64646178
struct pseudo_fs_context *init_pseudo(struct fs_context *fc,
				      unsigned long magic);
struct vfsmount *kern_mount(struct file_system_type *type);
void kern_unmount(struct vfsmount *mnt);
void kill_anon_super(struct super_block *sb);
int simple_statfs(struct dentry *dentry, struct kstatfs *statfs);
int generic_delete_inode(struct inode *inode);
int inode_just_drop(struct inode *inode);
struct inode *iget5_locked(struct super_block *sb, unsigned long hash,
			   int (*test)(struct inode *, void *),
			   int (*set)(struct inode *, void *), void *data);
struct inode *ilookup5(struct super_block *sb, unsigned long hash,
		       int (*test)(struct inode *, void *), void *data);
void unlock_new_inode(struct inode *inode);
void inode_init_once(struct inode *inode);
struct inode *igrab(struct inode *inode);
void ihold(struct inode *inode);
void iput(struct inode *inode);
#define inode_state_read_once(inode) ((inode)->i_state)
#define iminor(inode)	MINOR((inode)->i_rdev)
#define imajor(inode)	MAJOR((inode)->i_rdev)
#define file_inode(file) ((file)->f_inode)

/* <linux/mm.h>, <linux/pagemap.h>, <linux/cacheinfo.h>, <asm/page.h> */
#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PMD_SIZE	(1UL << 21)
#define PUD_SIZE	(1UL << 30)
struct page {
	atomic_t _refcount;
};
struct folio {
	struct address_space *mapping;
	struct page page;
};
#define folio_page(folio, n) (&(folio)->page + (n))
struct vm_area_struct {
	unsigned long vm_flags;
	struct file *vm_file;
};
struct vm_area_desc {
	unsigned long vm_flags;
};
struct vm_fault;
#define VM_SYNC		0x00800000UL
#define VMA_SYNC_BIT	23
#define vma_desc_test_flags(desc, bit) ((desc)->vm_flags & BIT(bit))
#define vma_desc_test	vma_desc_test_flags
#define page_ref_count(page) atomic_read(&(page)->_refcount)
#define mapping_set_gfp_mask(mapping, mask) \
	((void)((mapping)->gfp_mask = (mask)))
#define cpu_dcache_is_aliasing() false
enum mf_flags {
	MF_COUNT_INCREASED = 1 << 0,
	MF_ACTION_REQUIRED = 1 << 1,
	MF_MUST_KILL = 1 << 2,
	MF_SOFT_OFFLINE = 1 << 3,
	MF_UNPOISON = 1 << 4,
	MF_SW_SIMULATED = 1 << 5,
	MF_NO_RETRY = 1 << 6,
	MF_MEM_PRE_REMOVE = 1 << 7,
};

/* <linux/uio.h> */
struct kiocb;
struct iov_iter;
size_t _copy_from_iter(void *addr, size_t bytes, struct iov_iter *i);
size_t _copy_from_iter_flushcache(void *addr, size_t bytes,
				  struct iov_iter *i);
size_t _copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i);
size_t _copy_mc_to_iter(const void *addr, size_t bytes, struct iov_iter *i);

/* <linux/blkdev.h>: one disk with DAX and one partition. */
struct request_queue {
	int dax;
};
struct gendisk {
	struct request_queue *queue;
	const char *disk_name;
};
struct block_device {
	struct gendisk *bd_disk;
	sector_t bd_start_sect, bd_nr_sectors;
};
#define SECTOR_SIZE	512
#define blk_queue_dax(q) ((q)->dax)
#define bdev_dax(bdev)	((bdev)->bd_disk->queue->dax)
#define get_start_sect(bdev) ((bdev)->bd_start_sect)
#define bdev_nr_sectors(bdev) ((bdev)->bd_nr_sectors)

#endif
