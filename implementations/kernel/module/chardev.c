// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/dax-vectors: takes commands (command.c) and returns answers (report.c),
 * a line each.
 */
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "chardev.h"
#include "command.h"
#include "log.h"
#include "output.h"
#include "program.h"
#include "schedule.h"

#define LINE_SIZE	(4 * DV_MAX_SCHEDULE)

static unsigned long in_use;
static DEFINE_MUTEX(writing);
static char *line;
static int line_length;

static int open(struct inode *inode, struct file *file)
{
	if (test_and_set_bit(0, &in_use))
		return -EBUSY;
	line_length = 0;
	dv_output_reset();
	memset(&dv_program, 0, sizeof(dv_program));
	dv_log_reset();
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
	return dv_output_read(buffer, size);
}

/* Executes one command; its answer is complete on return. */
static int execute_line(void)
{
	int rc = dv_output_wait();

	if (rc)
		return rc;
	line[line_length] = '\0';
	line_length = 0;
	dv_command(line);
	dv_output_wake();
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
	/* The first processor has no thread of the program. */
	rc = set_cpus_allowed_ptr(current,
				  cpumask_of(cpumask_first(cpu_online_mask)));
	for (done = 0; done < size && !rc; done++) {
		if (get_user(c, buffer + done)) {
			rc = -EFAULT;
			break;
		}
		if (c == '\n')
			rc = execute_line();
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

static struct miscdevice miscdev = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "dax-vectors",
	.fops = &operations,
	.mode = 0600,
};

int dv_chardev_start(void)
{
	int rc;

	line = vmalloc(LINE_SIZE);
	if (!line)
		return -ENOMEM;
	rc = misc_register(&miscdev);
	if (rc)
		vfree(line);
	return rc;
}

void dv_chardev_stop(void)
{
	misc_deregister(&miscdev);
	vfree(line);
}
