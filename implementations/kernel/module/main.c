// SPDX-License-Identifier: GPL-2.0-only
/* /dev/dax-vectors: lines in, lines out. command.c and report.c say which. */
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "dax-vectors.h"

#define LINE_SIZE	(4 * DV_MAX_SCHEDULE)
#define OUTPUT_SIZE	(2 << 20)
/* What the longest answer may need. */
#define OUTPUT_RESERVE	(OUTPUT_SIZE / 2)

static unsigned long in_use;
static DEFINE_MUTEX(writing);
static DEFINE_MUTEX(reading);
static char *line;
static int line_length;
/* Text between head and tail is to be read; it never wraps. */
static char *output;
static int head, tail;
static DEFINE_SPINLOCK(output_lock);
static DECLARE_WAIT_QUEUE_HEAD(readable);
static DECLARE_WAIT_QUEUE_HEAD(writable);

void dv_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tail += vscnprintf(output + tail, OUTPUT_SIZE - tail, format, args);
	va_end(args);
}

static bool has_room(void)
{
	return OUTPUT_SIZE - READ_ONCE(tail) > OUTPUT_RESERVE;
}

static bool has_output(void)
{
	/* What is before tail has been written. */
	return smp_load_acquire(&tail) != head;
}

/* Moves what is left to the front when all was read or much was. */
static void compact(void)
{
	spin_lock(&output_lock);
	if (head == tail) {
		head = 0;
		tail = 0;
	}
	spin_unlock(&output_lock);
}

static int open(struct inode *inode, struct file *file)
{
	if (test_and_set_bit(0, &in_use))
		return -EBUSY;
	line_length = 0;
	head = 0;
	tail = 0;
	memset(&dv_program, 0, sizeof(dv_program));
	dv_log_forget();
	return stream_open(inode, file);
}

static int release(struct inode *inode, struct file *file)
{
	clear_bit(0, &in_use);
	return 0;
}

static ssize_t read(struct file *file, char __user *buffer, size_t size,
		    loff_t *offset)
{
	ssize_t count;

	if (mutex_lock_interruptible(&reading))
		return -ERESTARTSYS;
	count = wait_event_interruptible(readable, has_output());
	if (count)
		goto out;
	count = min_t(ssize_t, size, tail - head);
	if (copy_to_user(buffer, output + head, count)) {
		count = -EFAULT;
		goto out;
	}
	spin_lock(&output_lock);
	head += count;
	spin_unlock(&output_lock);
	wake_up_interruptible(&writable);
out:
	mutex_unlock(&reading);
	return count;
}

/* Does what a line says. Answers are complete when it returns. */
static int take_line(void)
{
	int rc;

	compact();
	rc = wait_event_interruptible(writable, ({ compact(); has_room(); }));
	if (rc)
		return rc;
	line[line_length] = '\0';
	line_length = 0;
	dv_line(line);
	wake_up_interruptible(&readable);
	cond_resched();
	return 0;
}

static ssize_t write(struct file *file, const char __user *buffer, size_t size,
		     loff_t *offset)
{
	size_t done;
	ssize_t rc;
	char c;

	if (mutex_lock_interruptible(&writing))
		return -ERESTARTSYS;
	/* Threads of programs never run on the first processor. */
	rc = set_cpus_allowed_ptr(current,
				  cpumask_of(cpumask_first(cpu_online_mask)));
	for (done = 0; done < size && !rc; done++) {
		if (get_user(c, buffer + done)) {
			rc = -EFAULT;
			break;
		}
		if (c == '\n')
			rc = take_line();
		else if (line_length == LINE_SIZE - 1)
			rc = -EMSGSIZE;
		else
			line[line_length++] = c;
	}
	mutex_unlock(&writing);
	return rc ? rc : done;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = open,
	.release = release,
	.read = read,
	.write = write,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "dax-vectors",
	.fops = &operations,
	.mode = 0600,
};

static int __init dax_vectors_init(void)
{
	int rc = -ENOMEM;

	line = vmalloc(LINE_SIZE);
	output = vmalloc(OUTPUT_SIZE);
	if (!line || !output)
		goto err_memory;
	rc = dv_super_start();
	if (rc)
		goto err_memory;
	rc = dv_threads_start();
	if (rc)
		goto err_super;
	rc = dv_device_make();
	if (rc)
		goto err_threads;
	rc = dv_probe_start();
	if (rc)
		goto err_device;
	rc = dv_watch_start();
	if (rc)
		goto err_probes;
	rc = misc_register(&device);
	if (rc)
		goto err_watches;
	return 0;

err_watches:
	dv_watch_stop();
err_probes:
	dv_probe_stop();
err_device:
	dv_device_unmake();
err_threads:
	dv_threads_stop();
err_super:
	dv_super_stop();
err_memory:
	vfree(output);
	vfree(line);
	return rc;
}

static void __exit dax_vectors_exit(void)
{
	misc_deregister(&device);
	dv_watch_stop();
	dv_probe_stop();
	dv_threads_stop();
	dv_device_unmake();
	dv_super_stop();
	vfree(output);
	vfree(line);
}

module_init(dax_vectors_init);
module_exit(dax_vectors_exit);
MODULE_DESCRIPTION("Drives the dax_device holder protocol through a schedule");
MODULE_LICENSE("GPL");
