// SPDX-License-Identifier: GPL-2.0-only
/* Starts, pauses and stops breakpoints and probes. */
#include <linux/kprobes.h>

#include "dev_dax.h"
#include "grace.h"
#include "mutex.h"
#include "number.h"
#include "observe.h"
#include "oops.h"
#include "refcount.h"
#include "section.h"
#include "warning.h"
#include "watch.h"

static struct kretprobe *const probes[] = {
	&dv_enter_probe,
	&dv_leave_probe,
	&dv_sync_probe,
	&dv_igrab_probe,
	&dv_iput_probe,
	&dv_lookup_probe,
	/* Last: only where fs_dax_get() takes the device lock. */
	&dv_lock_probe,
	&dv_unlock_probe,
};

static int nr_probes(void)
{
	return ARRAY_SIZE(probes) - (dv_device_lock(DV_FIRST) ? 0 : 2);
}

static void probes_stop(void)
{
	int index;

	for (index = 0; index < ARRAY_SIZE(probes); index++)
		if (probes[index]->kp.addr)
			unregister_kretprobe(probes[index]);
	dv_oops_stop();
	dv_warning_stop();
	dv_section_stop();
}

static int probes_start(void)
{
	int index, rc;

	for (index = 0; index < nr_probes(); index++) {
		rc = register_kretprobe(probes[index]);
		if (rc) {
			pr_err("no probe on %s: %d\n",
			       probes[index]->kp.symbol_name, rc);
			probes_stop();
			return rc;
		}
	}
	dv_oops_start();
	rc = dv_warning_start();
	if (!rc)
		rc = dv_section_start();
	if (rc)
		probes_stop();
	return rc;
}

/* Leaves the probe on WARNs enabled: dv_log_check() needs their number. */
static void probes_pause(bool pause)
{
	int index;

	for (index = 0; index < nr_probes(); index++) {
		if (pause)
			disable_kretprobe(probes[index]);
		else
			enable_kretprobe(probes[index]);
	}
}

int dv_observe_start(void)
{
	int rc = probes_start();

	if (rc)
		return rc;
	rc = dv_watch_start();
	if (rc)
		probes_stop();
	return rc;
}

void dv_observe_stop(void)
{
	dv_watch_stop();
	probes_stop();
}

void dv_observe_pause(bool pause)
{
	probes_pause(pause);
	dv_watch_pause(pause);
}
