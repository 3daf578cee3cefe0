// SPDX-License-Identifier: GPL-2.0-only
/* Buffer between one writer of answers and readers of the device node. */
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "output.h"

#define OUTPUT_SIZE	(2 << 20)
/* Space for the longest answer. */
#define OUTPUT_RESERVE	(OUTPUT_SIZE / 2)

static DEFINE_MUTEX(reading);
/* Unread text is between head and tail; it never wraps. */
static char *output;
static int head, tail;
static DEFINE_SPINLOCK(output_lock);
static DECLARE_WAIT_QUEUE_HEAD(readable);
static DECLARE_WAIT_QUEUE_HEAD(writable);

void dv_print(const char *format, ...)
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
	/* Text before tail is complete. */
	return smp_load_acquire(&tail) != head;
}

/* Restarts at the front of the buffer after everything was read. */
static void compact(void)
{
	spin_lock(&output_lock);
	if (head == tail) {
		head = 0;
		tail = 0;
	}
	spin_unlock(&output_lock);
}

void dv_output_reset(void)
{
	head = 0;
	tail = 0;
}

ssize_t dv_output_read(char __user *buffer, size_t size)
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

int dv_output_wait(void)
{
	compact();
	return wait_event_interruptible(writable, ({ compact(); has_room(); }));
}

void dv_output_wake(void)
{
	wake_up_interruptible(&readable);
}

int dv_output_start(void)
{
	output = vmalloc(OUTPUT_SIZE);
	return output ? 0 : -ENOMEM;
}

void dv_output_stop(void)
{
	vfree(output);
}
